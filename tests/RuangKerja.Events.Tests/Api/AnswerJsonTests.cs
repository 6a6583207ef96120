using System.Text;
using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class AnswerJsonTests
{
    [Theory]
    [InlineData("{}", AnswerFault.None)]
    [InlineData("\uFEFF{}", AnswerFault.None)]
    [InlineData("", AnswerFault.Truncated)]
    [InlineData(" \n", AnswerFault.Truncated)]
    [InlineData("{", AnswerFault.Truncated)]
    [InlineData("""{"data":[1,""", AnswerFault.Truncated)]
    [InlineData("""{"data":"te""", AnswerFault.Truncated)]
    [InlineData("tru", AnswerFault.Truncated)]
    [InlineData("<html>", AnswerFault.NotJson)]
    [InlineData("{'a':1}", AnswerFault.NotJson)]
    [InlineData("{} {}", AnswerFault.NotJson)]
    [InlineData("""{"a":01}""", AnswerFault.NotJson)]
    internal void Body_is_told_for_what_it_is(string body, AnswerFault fault) =>
        Parse(Encoding.UTF8.GetBytes(body)).ShouldBe(fault);

    [Fact]
    public void Nesting_is_limited()
    {
        Parse(Nested(AnswerJson.MaxDepth)).ShouldBe(AnswerFault.None);
        Parse(Nested(AnswerJson.MaxDepth + 1)).ShouldBe(AnswerFault.TooDeep);
        Parse(Nested(100_000)).ShouldBe(AnswerFault.TooDeep);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_from_a_cut_character()
    {
        byte[] latin1 = [.. "{\"a\":\""u8, 0xE9, .. "\"}"u8];
        var cut = "{\"a\":\"😀"u8.ToArray();

        Parse(latin1).ShouldBe(AnswerFault.NotUtf8);
        Parse(cut[..^1]).ShouldBe(AnswerFault.Truncated);
        Parse(cut[..^2]).ShouldBe(AnswerFault.Truncated);
        Parse(cut[..^3]).ShouldBe(AnswerFault.Truncated);
    }

    private static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));

    private static AnswerFault Parse(byte[] body)
    {
        var fault = AnswerJson.TryParse(body, out var document);
        (document is null).ShouldBe(fault is not AnswerFault.None);
        document?.Dispose();
        return fault;
    }
}
