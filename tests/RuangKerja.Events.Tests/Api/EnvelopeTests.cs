using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class EnvelopeTests
{
    private static readonly ApiOperation Operation = new("testing");

    /// <summary>Both as one piece and byte by byte.</summary>
    private static async Task<IReadOnlyList<FeedRow>> ReadAsync(string body)
    {
        IReadOnlyList<FeedRow>? rows = null;
        foreach (var piece in new[] { 1, 7, int.MaxValue })
        {
            var read = await ListBody.ReadAsync(
                new FeedRowReader().Read,
                new PieceStream(body, piece),
                10_000,
                CancellationToken.None
            );
            read.Fault.ShouldBe(AnswerFault.None);
            rows = Envelope.Whole(read.Content!, Operation);
        }

        return rows!;
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"items":[1,2]}}""", 2)]
    [InlineData("""{"status":"success","data":[1,2,3],"extra":0}""", 3)]
    [InlineData("""{"data":{"currentPage":1,"totalItems":1,"totalPage":1,"items":[1]}}""", 1)]
    [InlineData("""{"data":{"items":[]}}""", 0)]
    [InlineData("""{"data":{"items":null}}""", 0)]
    [InlineData("""{"\ud800":0,"data":[]}""", 0)]
    [InlineData("""{"d\u0061ta":{"\u0069tems":[1]}}""", 1)]
    [InlineData("""{"items":[1,2,3],"other":{"items":[1,2]},"data":{"deep":{"items":[1,2]},"items":[[1,2]]}}""", 1)]
    [InlineData("""{"data":{"items":[1,2],"items":[3]}}""", 1)]
    [InlineData("""{"data":{"items":[1,2],"items":null}}""", 0)]
    [InlineData("""{"data":[1,2],"data":{"items":[3]}}""", 1)]
    [InlineData("""{"data":{"items":[1,2]},"data":[]}""", 0)]
    public async Task List_gives_its_items_wherever_it_stands(string body, int count) =>
        (await ReadAsync(body)).Count.ShouldBe(count);

    [Theory]
    [InlineData("""{"data":{"currentPage":2,"totalItems":205,"totalPage":3,"items":[1,2]}}""", 2, 2, 205, 3)]
    [InlineData("""{"data":{"currentPage":"2","totalItems":" 205","totalPage":"3.0","items":[1]}}""", 1, 2, 205, 3)]
    [InlineData("""{"data":{"items":[1],"totalPage":3,"totalItems":2.05e2,"currentPage":2}}""", 1, 2, 205, 3)]
    [InlineData("""{"data":{"currentPage":1,"totalItems":0,"totalPage":0,"items":[]}}""", 0, 1, 0, 0)]
    [InlineData("""{"data":{"currentPage":1,"totalItems":0,"totalPage":0,"items":null}}""", 0, 1, 0, 0)]
    [InlineData("""{"data":[1,2,3],"currentPage":1,"totalItems":7,"totalPage":2}""", 3, null, null, null)]
    [InlineData("""{"data":{"items":[1]}}""", 1, null, null, null)]
    [InlineData(
        """{"data":{"currentPage":null,"totalItems":-1,"totalPage":"many","items":[1]}}""",
        1,
        null,
        null,
        null
    )]
    [InlineData("""{"data":{"currentPage":1.5,"totalItems":1e300,"totalPage":{},"items":[1]}}""", 1, null, null, null)]
    [InlineData(
        """{"data":{"currentPage":"NaN","totalItems":2147483648,"totalPage":"","items":[1]}}""",
        1,
        null,
        null,
        null
    )]
    public async Task Page_gives_its_items_and_numbers(string body, int count, int? current, int? items, int? pages)
    {
        var (rows, numbers) = Envelope.Page(await ContentOfAsync(body), Operation);

        rows.Count.ShouldBe(count);
        numbers.ShouldBe(new PageNumbers(current, items, pages));
    }

    [Theory]
    [InlineData("""{"data":{"currentPage":1,"totalItems":3,"totalPage":1}}""", "data.items is absent")]
    [InlineData("""{"data":{"items":"none"}}""", "data.items is a string")]
    [InlineData("""{"data":7}""", "data is a number")]
    [InlineData("""{"data":null}""", "no data")]
    public async Task Page_without_its_list_is_a_contract_fault(string body, string found)
    {
        var content = await ContentOfAsync(body);

        var failure = Should.Throw<RuangKerjaApiException>(() => Envelope.Page(content, Operation));

        failure.Kind.ShouldBe(ApiFailureKind.Contract);
        failure.Message.ShouldContain(found);
        failure.IsRefusal.ShouldBeFalse();
    }

    private static async Task<ListContent<RosterRow>> ContentOfAsync(string body)
    {
        using var stream = new PieceStream(body, 7);
        var read = await ListBody.ReadAsync(RowReader.Of(RosterRow.Parse), stream, 10_000, CancellationToken.None);
        return read.Content.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("[]", "the answer is an array")]
    [InlineData("null", "the answer is null")]
    [InlineData("{}", "no data")]
    [InlineData("""{"data":null}""", "no data")]
    [InlineData("""{"data":"x"}""", "data is a string")]
    [InlineData("""{"data":{}}""", "data.items is absent")]
    [InlineData("""{"data":{"items":{}}}""", "data.items is an object")]
    [InlineData("""{"data":{"totalItems":3,"items":[1,2]}}""", "holds 2 items and says there are 3")]
    [InlineData("""{"data":{"totalItems":"3","items":null}}""", "holds 0 items and says there are 3")]
    [InlineData("""{"data":{"totalPage":2,"items":[1,2]}}""", "on 2 pages")]
    [InlineData("""{"data":{"items":[1,2],"totalItems":3}}""", "holds 2 items and says there are 3")]
    [InlineData("""{"data":{"items":[1,2]},"data":{}}""", "data.items is absent")]
    public async Task Another_shape_is_a_contract_fault(string body, string found)
    {
        var failure = await Should.ThrowAsync<RuangKerjaApiException>(() => ReadAsync(body));

        failure.Kind.ShouldBe(ApiFailureKind.Contract);
        failure.Message.ShouldContain(found);
    }
}
