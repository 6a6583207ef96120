using RuangKerja.Events.Errors;

namespace RuangKerja.Events.Tests.Errors;

public sealed class FaultGroupsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void WhatDiffersByIdAndNumber_IsOneGroup_WithItsFirstAndLast()
    {
        var groups = new FaultGroups();
        groups.Add(Message("Employee ID-17 is not known", Noon, "CourseCompleted", "acme"));
        groups.Add(Message("Employee ID-9 is not known", Noon.AddHours(-1), "CourseFailed", "default"));
        groups.Add(Message("Employee ID-1,234 is not known", at: null, "CourseFailed", company: null));
        groups.Add(Message("No connection", Noon, "CourseFailed", "acme"));

        groups
            .ToList()
            .Select(group => (group.Message, group.Count, group.FirstFault, group.LastFault))
            .ShouldBe([("Employee ID-# is not known", 3, Noon.AddHours(-1), Noon), ("No connection", 1, Noon, Noon)]);
        groups.ToList()[0].MessageTypes.ShouldBe(["CourseCompleted", "CourseFailed"]);
        groups.ToList()[0].Companies.ShouldBe(["acme", "default"]);
    }

    [Fact]
    public void AnotherExceptionType_IsAnotherGroup_AndNoneIsOneToo()
    {
        var groups = new FaultGroups();
        groups.Add(Message("late", Noon) with { ExceptionType = "B" });
        groups.Add(Message("late", Noon) with { ExceptionType = "A" });
        groups.Add(Message(text: null, at: null) with { ExceptionType = null });

        groups.ToList().Select(group => group.Exception).ShouldBe(["", "A", "B"]);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("one\ntwo", "one")]
    [InlineData("  a \t b\u001b[2J c", "a b [#J c")]
    [InlineData("Event 019cab7d-0000-7000-8001-f2e3d4c5b006 at 12:30:05.25", "Event <id> at #")]
    public void TheHeadOfAMessage_IsWhatItHasInCommon(string? message, string head) =>
        FaultText.Head(message).ShouldBe(head);

    [Fact]
    public void TheHeadOfALongMessage_IsCutOff() =>
        FaultText.Head(new string('x', 500)).ShouldBe(new string('x', 119) + "…");

    internal static FaultedMessage Message(
        string? text,
        DateTimeOffset? at,
        string type = "CourseCompleted",
        string? company = "default"
    ) =>
        new()
        {
            ExceptionType = "System.InvalidOperationException",
            ExceptionMessage = text,
            FaultedAt = at,
            MessageTypes = [type, "CourseStatusChanged"],
            Company = company,
            Headers = new Dictionary<string, string?>(),
        };
}
