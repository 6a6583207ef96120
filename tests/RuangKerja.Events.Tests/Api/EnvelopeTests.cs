using System.Text.Json;
using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class EnvelopeTests
{
    private static readonly ApiOperation Operation = new("testing");

    [Theory]
    [InlineData("""{"status":"success","data":{"items":[1,2]}}""", 2)]
    [InlineData("""{"status":"success","data":[1,2,3],"extra":0}""", 3)]
    [InlineData("""{"data":{"currentPage":1,"totalItems":1,"totalPage":1,"items":[1]}}""", 1)]
    [InlineData("""{"data":{"items":[]}}""", 0)]
    [InlineData("""{"data":{"items":null}}""", 0)]
    [InlineData("""{"\ud800":0,"data":[]}""", 0)]
    public void Both_shapes_give_the_items(string body, int count)
    {
        using var document = JsonDocument.Parse(body);

        FeedRows.Read(Envelope.Items(document.RootElement, Operation)).Count.ShouldBe(count);
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
    public void Another_shape_is_a_contract_fault(string body, string found)
    {
        using var document = JsonDocument.Parse(body);

        var failure = Should.Throw<RuangKerjaApiException>(() => Envelope.Items(document.RootElement, Operation));

        failure.Kind.ShouldBe(ApiFailureKind.Contract);
        failure.Message.ShouldContain(found);
    }
}
