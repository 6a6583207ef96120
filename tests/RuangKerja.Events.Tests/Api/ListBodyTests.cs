using System.Text;
using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

/// <summary>However the pieces fall, the answer is what it is.</summary>
public sealed class ListBodyTests
{
    [Theory]
    [InlineData("""{"data":[]}""", AnswerFault.None)]
    [InlineData("\uFEFF{\"data\":[{}]} \n", AnswerFault.None)]
    [InlineData("12", AnswerFault.None)]
    [InlineData("", AnswerFault.Truncated)]
    [InlineData("\uFEFF", AnswerFault.Truncated)]
    [InlineData(" \n", AnswerFault.Truncated)]
    [InlineData("tru", AnswerFault.Truncated)]
    [InlineData("""{"data":[1,""", AnswerFault.Truncated)]
    [InlineData("""{"data":[{"status":"comp""", AnswerFault.Truncated)]
    [InlineData("""{"data":[{"a":[1""", AnswerFault.Truncated)]
    [InlineData("""{"data":[{}]""", AnswerFault.Truncated)]
    [InlineData("<html>", AnswerFault.NotJson)]
    [InlineData("""{"data":[{'a':1}]}""", AnswerFault.NotJson)]
    [InlineData("""{"data":[{}}""", AnswerFault.NotJson)]
    [InlineData("""{"data":[{}{}]}""", AnswerFault.NotJson)]
    [InlineData("""{"data":[01]}""", AnswerFault.NotJson)]
    [InlineData("""{"data":[]} {}""", AnswerFault.NotJson)]
    internal async Task Body_is_told_for_what_it_is(string body, AnswerFault fault) =>
        await ExpectAsync(Encoding.UTF8.GetBytes(body), fault);

    [Fact]
    public async Task Nesting_is_limited_outside_and_inside_of_items()
    {
        await ExpectAsync(Nested("{\"other\":", AnswerJson.MaxDepth - 1, "}"), AnswerFault.None);
        await ExpectAsync(Nested("{\"other\":", AnswerJson.MaxDepth, "}"), AnswerFault.TooDeep);
        await ExpectAsync(Nested("{\"data\":", AnswerJson.MaxDepth - 1, "}"), AnswerFault.None);
        await ExpectAsync(Nested("{\"data\":", AnswerJson.MaxDepth, "}"), AnswerFault.TooDeep);
        await ExpectAsync(Nested("{\"data\":[{\"status\":", AnswerJson.MaxDepth - 3, "}]}"), AnswerFault.None);
        await ExpectAsync(Nested("{\"data\":[{\"status\":", AnswerJson.MaxDepth - 2, "}]}"), AnswerFault.TooDeep);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_told_from_a_cut_character()
    {
        byte[] latin1 = [.. "{\"data\":[{\"a\":\""u8, 0xE9, .. "\"}]}"u8];
        var cut = "{\"data\":[\"😀"u8.ToArray();

        await ExpectAsync(latin1, AnswerFault.None);
        await ExpectAsync(latin1[..^1], AnswerFault.Truncated);
        await ExpectAsync(latin1[..^4], AnswerFault.Truncated);
        await ExpectAsync(cut[..^1], AnswerFault.Truncated);
        await ExpectAsync(cut[..^2], AnswerFault.Truncated);
        await ExpectAsync(cut[..^3], AnswerFault.Truncated);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_outside_of_a_string_are_no_json()
    {
        await ExpectAsync([.. "{\"data\":["u8, 0xE9, .. "{}]}"u8], AnswerFault.NotJson);
        await ExpectAsync([.. "{\"data\":[{\"a\":1"u8, 0xFF, .. "}]}"u8], AnswerFault.NotJson);
        await ExpectAsync([.. "{\"data\":[]}"u8, 0x80, .. " "u8], AnswerFault.NotJson);
        // UTF-16 with its mark, and a page of Latin-1.
        await ExpectAsync([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"data\":[]}")], AnswerFault.NotJson);
        await ExpectAsync(Encoding.Latin1.GetBytes("<html>é</html>"), AnswerFault.NotJson);
    }

    /// <summary>Before and after each one stands a good character of as many bytes: it stays itself.</summary>
    [Theory]
    [InlineData("80", "\u007F")]
    [InlineData("BF BF", "\u007F\u007F")]
    [InlineData("E9", "\u007F")]
    [InlineData("C3 28", "\u007F(")]
    [InlineData("C3 C3 A9", "\u007Fé")]
    [InlineData("E2 82 41", "\u007F\u007FA")]
    [InlineData("F0 9F 98 41", "\u007F\u007F\u007FA")]
    [InlineData("F0 9F 98 F0 9F 98 80", "\u007F\u007F\u007F😀")]
    // Longer than need be.
    [InlineData("C0 80", "\u007F\u007F")]
    [InlineData("C1 BF", "\u007F\u007F")]
    [InlineData("E0 80 AF", "\u007F\u007F\u007F")]
    [InlineData("F0 80 80 80", "\u007F\u007F\u007F\u007F")]
    // Halves of a surrogate pair, and beyond the last character.
    [InlineData("ED A0 80", "\u007F\u007F\u007F")]
    [InlineData("ED BF BF", "\u007F\u007F\u007F")]
    [InlineData("F4 90 80 80", "\u007F\u007F\u007F\u007F")]
    [InlineData("F5 80 80 80", "\u007F\u007F\u007F\u007F")]
    [InlineData("F8 FB FC FD FE FF", "\u007F\u007F\u007F\u007F\u007F\u007F")]
    public async Task Bytes_that_are_no_text_are_marked_one_by_one(string bytes, string read)
    {
        byte[] broken = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));
        byte[] body =
        [
            .. "{\"data\":[{\"courseName\":\"é€😀"u8,
            .. broken,
            .. "é€😀\",\"other\":\""u8,
            .. broken,
            .. "\"},{\"courseName\":\"é\"}]}"u8,
        ];

        foreach (var piece in Pieces)
        {
            using var stream = new PieceStream(body, piece);
            var answer = await ListBody.ReadAsync(new FeedRowReader().Read, stream, 1000, CancellationToken.None);

            var rows = answer.Content!.Rows;
            rows.Select(row => row.CourseName).ShouldBe([$"é€😀{read}é€😀", "é"], $"in pieces of {piece}");
            rows[0].Raw.ShouldBe($$"""{"courseName":"é€😀{{read}}é€😀","other":"{{read}}"}""");
            answer.Length.ShouldBe(body.Length);
            answer.Head.ToArray().ShouldBe(body);
        }
    }

    [Fact]
    public async Task Bytes_that_are_no_text_beside_the_items_leave_them_alone()
    {
        byte[] body = [.. "{\"message\":\"Succ"u8, 0xE8, .. "s\",\"data\":[{\"status\":\"a\"}]}"u8];

        foreach (var piece in Pieces)
        {
            using var stream = new PieceStream(body, piece);
            var answer = await ListBody.ReadAsync(new FeedRowReader().Read, stream, 1000, CancellationToken.None);
            answer.Content!.Rows.ShouldHaveSingleItem().Status.ShouldBe("a");
        }
    }

    [Fact]
    public async Task Size_is_counted_while_reading()
    {
        var body = Encoding.UTF8.GetBytes("""{"data":[{},{}]}""");

        await ExpectAsync(body, AnswerFault.None, body.Length);
        await ExpectAsync(body, AnswerFault.TooLarge, body.Length - 1);
    }

    [Theory]
    [InlineData("""{"errorCode":5,"message":"m","detail":"d","data":{"items":[{}]}}""")]
    [InlineData("""{"data":{"items":[{}]},"detail":"d","message":"m","errorCode":"5"}""")]
    public async Task Failure_is_seen_before_and_after_the_items(string body)
    {
        foreach (var piece in Pieces)
        {
            var read = await ListBody.ReadAsync(
                new FeedRowReader().Read,
                new PieceStream(body, piece),
                1000,
                CancellationToken.None
            );
            read.Error.ShouldBe(new ErrorBody(true, 5, "m", "d"));
        }
    }

    [Fact]
    public async Task Item_larger_than_the_buffer_is_read()
    {
        var name = new string('x', 300_000);

        var read = await ListBody.ReadAsync(
            new FeedRowReader().Read,
            new PieceStream($$"""{"data":[{"status":"a"},{"courseName":"{{name}}"},{"status":"b"}]}""", 50_000),
            1_000_000,
            CancellationToken.None
        );

        read.Content!.Rows.Select(row => row.CourseName?.Length).ShouldBe([null, 300_000, null]);
    }

    [Fact]
    public async Task Many_rows_are_each_given_once_and_share_their_form()
    {
        const int Count = 200_000;
        await using var bench = new ApiBench { Data = _ => ManyRows };

        var rows = await bench.ReadAsync();

        rows.Count.ShouldBe(Count);
        rows.Select(row => row.EmployeeId).Distinct(StringComparer.Ordinal).Count().ShouldBe(Count);
        rows[Count - 1].Raw.ShouldBe(Item(Count - 1));
        rows.Select(row => row.Form).Distinct().Count().ShouldBe(1);
    }

    private static int[] Pieces => [1, 2, 3, 7, int.MaxValue];

    private static Reply ManyRows => Reply.Feed([.. Enumerable.Range(0, 200_000).Select(Item)]);

    private static string Item(int i) =>
        $$"""{"assignedCourseSerial":"ASGC-1","employeeID":"ID-{{i}}","courseName":"Course","completedAt":"","updatedAt":"2024-05-06T07:08:09Z","status":"completed"}""";

    private static byte[] Nested(string head, int depth, string tail) =>
        Encoding.UTF8.GetBytes(head + new string('[', depth) + new string(']', depth) + tail);

    private static async Task ExpectAsync(byte[] body, AnswerFault fault, long maxBytes = 10_000)
    {
        await ExpectAsync<FeedRow>(() => new FeedRowReader().Read, body, fault, maxBytes);
        await ExpectAsync(() => RowReader.Of(RosterRow.Parse), body, fault, maxBytes);
    }

    private static async Task ExpectAsync<T>(
        Func<RowReader<T>> newReader,
        byte[] body,
        AnswerFault fault,
        long maxBytes
    )
        where T : class
    {
        foreach (var piece in Pieces)
        {
            using var stream = new PieceStream(body, piece);
            var read = await ListBody.ReadAsync(newReader(), stream, maxBytes, CancellationToken.None);
            read.Fault.ShouldBe(fault, $"{typeof(T).Name} in pieces of {piece}");
            (read.Content is null).ShouldBe(fault is not AnswerFault.None);
        }
    }
}
