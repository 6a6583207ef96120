using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class CodeWordTests
{
    [Theory]
    [InlineData("BAD_REQUEST", "rpc error: code = Unavailable desc = x", FailureClass.Transient)]
    [InlineData("rpc error: code = NotFound desc = x", "rpc error: code = Unavailable desc = x", FailureClass.Refused)]
    [InlineData("PERMISSION_DENIED", null, FailureClass.Authentication)]
    [InlineData("Too Many Requests", "BAD_REQUEST", FailureClass.Throttled)]
    [InlineData(null, "internal", FailureClass.Transient)]
    internal void Word_tells_the_class(string? message, string? detail, FailureClass expected) =>
        CodeWord.Find(message, detail).ShouldNotBeNull().Class.ShouldBe(expected);

    [Theory]
    [InlineData(null, null)]
    [InlineData("Unknown startTimestamp", "an internal matter")]
    [InlineData("rpc error: code = Code(17) desc = Unavailable", null)]
    public void Word_within_a_sentence_tells_nothing(string? message, string? detail) =>
        CodeWord.Find(message, detail).ShouldBeNull();
}
