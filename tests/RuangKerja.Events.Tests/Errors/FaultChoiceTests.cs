using RuangKerja.Events.Errors;

namespace RuangKerja.Events.Tests.Errors;

public sealed class FaultChoiceTests
{
    private static readonly Guid Event = Guid.Parse("019cab7d-0000-7000-8001-f2e3d4c5b006");

    private static readonly FaultedMessage Message = FaultGroupsTests.Message(
        "Employee ID-17 is not known",
        at: null
    ) with
    {
        EventId = $"{Event}",
        MessageId = "019cab7d-0000-7000-8001-000000000001",
    };

    [Theory]
    [InlineData(null, true)]
    [InlineData("invalidoperation", true)]
    [InlineData("ID-17", true)]
    [InlineData("ID-#", true)]
    [InlineData("TimeoutException", false)]
    public void AnException_IsMeantByAPartOfItsTypeOrMessage(string? text, bool included) =>
        new FaultChoice { Exception = text }
            .Includes(Message)
            .ShouldBe(included);

    [Theory]
    [InlineData("019CAB7D-0000-7000-8001-F2E3D4C5B006", true)]
    [InlineData("019cab7d-0000-7000-8001-000000000001", true)]
    [InlineData("019cab7d-0000-7000-8001-000000000002", false)]
    public void AnEvent_IsMeantByItsIdOrTheMessages(string id, bool included) =>
        new FaultChoice { EventId = Guid.Parse(id) }
            .Includes(Message)
            .ShouldBe(included);

    [Fact]
    public void BothAreNeeded_WhenBothAreGiven()
    {
        new FaultChoice { EventId = Event, Exception = "known" }
            .Includes(Message)
            .ShouldBeTrue();
        new FaultChoice { EventId = Event, Exception = "timeout" }
            .Includes(Message)
            .ShouldBeFalse();
        new FaultChoice { EventId = Guid.Empty, Exception = "known" }
            .Includes(Message)
            .ShouldBeFalse();
    }

    [Fact]
    public void AMessageThatTellsNothing_IsMeantByNothingInParticular()
    {
        var nothing = new FaultedMessage { MessageTypes = [], Headers = new Dictionary<string, string?>() };

        new FaultChoice().Includes(nothing).ShouldBeTrue();
        new FaultChoice { Exception = "x" }
            .Includes(nothing)
            .ShouldBeFalse();
        new FaultChoice { EventId = Event }
            .Includes(nothing)
            .ShouldBeFalse();
    }
}
