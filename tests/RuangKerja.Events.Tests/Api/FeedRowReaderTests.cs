using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class FeedRowReaderTests
{
    [Theory]
    [InlineData("""{"employeeID":5}""", "employeeID is a number, expected a string")]
    [InlineData("""{"status":true}""", "status is a boolean, expected a string")]
    [InlineData("""{"courseName":["a"]}""", "courseName is an array, expected a string")]
    [InlineData("""{"updatedAt":{}}""", "updatedAt is an object, expected a string")]
    [InlineData("""{"courseName":"a\ud83d"}""", "courseName holds half a surrogate pair, which is no text")]
    [InlineData("""{"status":"a","status":"b"}""", "status appears more than once")]
    [InlineData("7", "the item is a number, expected an object")]
    [InlineData("null", "the item is null, expected an object")]
    [InlineData("[]", "the item is an array, expected an object")]
    public async Task Type_fault_is_told_in_the_row(string item, string malformation)
    {
        var row = (await ReadAsync(item)).ShouldHaveSingleItem();

        row.Malformations.ShouldBe([malformation]);
        row.Raw.ShouldBe(item);
        string?[] values =
        [
            row.AssignedCourseSerial,
            row.EmployeeId,
            row.CourseName,
            row.CompletedAt,
            row.UpdatedAt,
            row.Status,
        ];
        values.ShouldAllBe(value => value == null);
    }

    [Fact]
    public async Task Faulty_row_leaves_its_neighbours_and_its_other_fields_alone()
    {
        var rows = await ReadAsync("""{"employeeID":"a","status":1}""", "false", """{"employeeID":"c"}""");

        rows.Select(row => row.EmployeeId).ShouldBe(["a", null, "c"]);
        rows.Select(row => row.Malformations.Count).ShouldBe([1, 1, 0]);
    }

    [Fact]
    public async Task Null_and_absent_fields_are_null()
    {
        var row = (await ReadAsync("""{"employeeID":null,"extra":{"deep":[1]},"\ud800":1}""")).Single();

        row.EmployeeId.ShouldBeNull();
        row.Status.ShouldBeNull();
        row.Malformations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Escaped_text_is_read_and_kept_as_it_came()
    {
        var row = (await ReadAsync("""{ "course\u004eame" : "\u00c9tude \ud83d\ude00" }""")).Single();

        row.CourseName.ShouldBe("Étude 😀");
        row.Raw.ShouldBe("""{ "course\u004eame" : "\u00c9tude \ud83d\ude00" }""");
    }

    [Theory]
    [InlineData("""{"employeeID":"a","status":"b"}""")]
    [InlineData("""{"status":"b","employeeID":""}""")]
    [InlineData("""{ "employeeID"  :  "a",  "extra":[1, 2.50],"status":null, "more":"\u00e9 é"}""")]
    [InlineData("""{"courseName":"Étude 😀 \"x\"","updatedAt":"ÿ"}""")]
    [InlineData("""{}""")]
    public async Task Text_of_a_row_is_given_to_the_letter(string item)
    {
        var rows = await ReadAsync("""{"employeeID":"x","status":"y"}""", item, item);

        rows.Select(row => row.Raw).ShouldBe(["""{"employeeID":"x","status":"y"}""", item, item]);
        rows[1].ShouldBe(rows[2]);
    }

    [Fact]
    public async Task Rows_of_many_forms_keep_their_texts()
    {
        var items = Enumerable.Range(0, 100).Select(i => $$"""{"own":{{i}},"employeeID":"ID-{{i}}"}""").ToArray();

        (await ReadAsync(items)).Select(row => row.Raw).ShouldBe(items);
    }

    [Fact]
    public async Task Rows_of_one_form_share_it()
    {
        var rows = await ReadAsync("""{"employeeID":"a"}""", """{"employeeID":"b"}""");

        rows[0].Form.ShouldNotBeNull().ShouldBeSameAs(rows[1].Form);
    }

    [Fact]
    public async Task Two_instants_of_a_row_that_are_one_share_the_text()
    {
        const string one = """{"employeeID":"a","courseName":"é","completedAt":"t1","updatedAt":"t1"}""";
        const string other = """{"employeeID":"b","courseName":"\u00e9","updatedAt":"t2","completedAt":"t2"}""";

        var rows = await ReadAsync(one, other, one);

        rows.ShouldAllBe(row => ReferenceEquals(row.CompletedAt, row.UpdatedAt));
        rows.Select(row => (row.EmployeeId, row.CourseName, row.UpdatedAt))
            .ShouldBe([("a", "é", "t1"), ("b", "é", "t2"), ("a", "é", "t1")]);
    }

    [Fact]
    public async Task Texts_that_repeat_are_mostly_shared_and_never_mixed_up()
    {
        var items = Enumerable.Range(0, 20_000).Select(i => $$"""{"employeeID":"ID-{{i % 700}}"}""").ToArray();

        var rows = await ReadAsync(items);

        rows.Select(row => row.EmployeeId).ShouldBe(Enumerable.Range(0, 20_000).Select(i => $"ID-{i % 700}"));
        // Where two texts fall on one place, and how often, is chance.
        rows.Select(row => row.EmployeeId)
            .Distinct(ReferenceEqualityComparer.Instance)
            .Count()
            .ShouldBeLessThan(10_000);
    }

    private static async Task<IReadOnlyList<FeedRow>> ReadAsync(params string[] items)
    {
        IReadOnlyList<FeedRow>? rows = null;
        foreach (var piece in new[] { 1, 13, int.MaxValue })
        {
            using var body = new PieceStream($$"""{"data":[{{string.Join(',', items)}}]}""", piece);
            rows = (await ListBody.ReadAsync(new FeedRowReader().Read, body, 1_000_000, CancellationToken.None))
                .Content!
                .Rows;
        }

        return rows!;
    }
}
