using System.Text;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Replay.Requests;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Tests.Replay;

/// <summary>What is made of the bytes of a request.</summary>
public sealed class ReplayRequestReaderTests
{
    private static readonly Guid Id = new("5f0c4a52-7d43-4c3e-9a0f-5b3a3d1f9a11");
    private static readonly AmqpReply NoReply = new(null, null);

    [Fact]
    public void WholeRequestInAnEnvelope_IsReadWithEveryMember()
    {
        var read = Read(
            """
            { "messageId": "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", "requestId": "2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
              "conversationId": "3b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
              "responseAddress": "rabbitmq://broker.example:5671/lms/hr-answers?temporary=true",
              "messageType": ["urn:message:RuangKerja.Events.Contracts:RequestReplay"],
              "message": { "requestId": "5f0c4a52-7d43-4c3e-9a0f-5b3a3d1f9a11", "queue": "hr", "requestedBy": "HR",
                "companies": ["acme", "default"], "recordedFrom": "2026-01-01T00:00:00+07:00", "recordedBefore": "2026-02-01T00:00:00Z",
                "occurredFrom": "2025-01-01T00:00:00Z", "occurredBefore": "2027-01-01T00:00:00Z",
                "firstSequence": 3, "lastSequence": 9, "employeeId": "E-1", "courseName": "Safety", "courseSerial": "C-1",
                "assignmentId": "A/1", "statuses": ["completed", "in_progress"], "kinds": ["reopened"], "includeBaseline": true,
                "rate": 50, "heldVersions": { "A/1": 4 }, "heldEventIds": ["4b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"] } }
            """
        );

        read.Faults.ShouldBeEmpty();
        read.RequestId.ShouldBe(Id);
        var request = read.Request.ShouldNotBeNull();
        request.Destination.ShouldBe("hr");
        request.RequestedBy.ShouldBe("HR");
        request.Door.ShouldBe(ReplayDoor.Bus);
        request.Rate.ShouldBe(50);
        request.RequestId.ShouldBe(Id);
        var filter = request.Filter;
        filter.Companies.Select(c => c.Name).ShouldBe(["acme", "default"]);
        filter.RecordedFrom.ShouldBe(new DateTimeOffset(2025, 12, 31, 17, 0, 0, TimeSpan.Zero));
        filter.RecordedBefore.ShouldBe(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
        filter.OccurredFrom.ShouldBe(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        filter.OccurredBefore.ShouldBe(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (filter.FirstSequence, filter.LastSequence).ShouldBe((3, 9));
        (filter.EmployeeId, filter.CourseName, filter.CourseSerial).ShouldBe(("E-1", "Safety", "C-1"));
        filter.AssignmentId.ShouldBe(new AssignmentId("A/1"));
        filter.Statuses.ShouldBe([CourseStatus.Completed, CourseStatus.InProgress]);
        filter.Kinds.ShouldBe([ChangeKind.Reopened]);
        filter.Baseline.ShouldBeTrue();
        var held = filter.Held.ShouldNotBeNull();
        held.Versions.ShouldBe(new Dictionary<AssignmentId, long> { [new AssignmentId("A/1")] = 4 });
        held.EventIds.ShouldBe([new Guid("4b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed")]);
        read.Reply.ShouldBe(
            new ReplyAddress(
                "hr-answers",
                new Guid("2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"),
                new Guid("3b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"),
                null
            )
        );
        ReplyAddress.FromUri(request.ReplyTo.ShouldNotBeNull()).ShouldBe(read.Reply);
    }

    [Fact]
    public void BareJsonWithAmqpProperties_IsReadToo()
    {
        var read = Read(
            $$"""{ "RequestId": "{{Id}}", "queue": "hr", "requestedBy": "HR" }""",
            new AmqpReply("a b/c?&=", "17")
        );

        read.Faults.ShouldBeEmpty();
        read.Request.ShouldNotBeNull().Filter.Held.ShouldBeNull();
        read.Request!.Filter.Baseline.ShouldBeFalse();
        ReplyAddress.FromUri(read.Request.ReplyTo!).ShouldBe(new ReplyAddress("a b/c?&=", null, null, "17"));
    }

    [Fact]
    public void EverythingThatIsWrong_IsNamedAtOnceByItsMember()
    {
        var read = Read(
            """
            { "requestId": "seven", "queue": " ", "companies": ["Acme!", 5], "recordedFrom": "2026-01-01T00:00:00", "recordedBefore": 12,
              "firstSequence": 1.5, "statuses": ["complete"], "kinds": "started", "includeBaseline": "yes", "rate": "fast",
              "heldVersions": { "A/1": "four", "A/2": -1 }, "heldEventIds": ["x"], "employeID": "E-1", "courseName": 7 }
            """
        );

        read.RequestId.ShouldBeNull();
        read.Faults.Select(fault => fault.Member)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "companies",
                "companies",
                "courseName",
                "employeID",
                "firstSequence",
                "heldEventIds",
                "heldVersions.A/1",
                "heldVersions.A/2",
                "includeBaseline",
                "kinds",
                "queue",
                "rate",
                "recordedBefore",
                "recordedFrom",
                "requestId",
                "requestedBy",
                "statuses",
            ]);
        read.Faults.Single(fault => fault.Member == "statuses")
            .Message.ShouldBe(
                "Found \"complete\"; allowed is one of the known words: not_started, in_progress, completed, failed, expired."
            );
        read.Faults.Single(fault => fault.Member == "employeID").Message.ShouldContain("employeeId");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"RequestReplay\"")]
    [InlineData("""{ "requestId": "\ud800" }""")]
    [InlineData("""{ "messageType": [], "message": 4 }""")]
    public void WhatIsNoRequest_IsOneFaultAndNoException(string body)
    {
        var read = Read(body, new AmqpReply("answers", "9"));

        read.Faults.ShouldNotBeEmpty();
        read.Reply.ShouldBe(new ReplyAddress("answers", null, null, "9"));
    }

    [Fact]
    public void BytesThatAreNoText_AreOneFault() =>
        ReplayRequestReader.Read(new byte[] { 0x7b, 0xff, 0x00 }, NoReply, "lms").Faults.ShouldHaveSingleItem();

    [Fact]
    public void DeepNesting_IsOneFault() => Read(new string('[', 5_000)).Faults.ShouldHaveSingleItem();

    [Fact]
    public void ManyFaults_AreNamedUpToALimit()
    {
        var ids = string.Join(',', Enumerable.Repeat("1", 10_000));

        Read($$"""{ "heldEventIds": [{{ids}}] }""").Faults.Count.ShouldBeLessThan(110);
    }

    [Fact]
    public void ManyUnknownMembers_AreNamedUpToALimitAndShortly()
    {
        var members = string.Join(',', Enumerable.Range(0, 10_000).Select(n => $"\"{new string('x', 300)}{n}\": {n}"));

        var faults = Read($"{{ {members} }}").Faults;

        faults.Count.ShouldBe(ReplayRequestReader.MostFaults);
        faults.ShouldAllBe(fault => fault.Member.Length < 100 && fault.Message.Length < 1_000);
    }

    [Fact]
    public void BodyThatIsTooLarge_IsOneFaultWithoutBeingParsed()
    {
        var body = new byte[ReplayRequestReader.LargestBody + 1];

        var fault = ReplayRequestReader.Read(body, NoReply, "lms").Faults.ShouldHaveSingleItem();

        fault.Message.ShouldContain("16777216 are allowed");
    }

    [Fact]
    public void LengthsOfNames_AreCountedInBytes()
    {
        var longest = new string('é', 127);

        Read("{}", new AmqpReply(longest, longest)).Reply.ShouldBe(new ReplyAddress(longest, null, null, longest));
        Read("{}", new AmqpReply("answers", longest + "é"))
            .Reply.ShouldBe(new ReplyAddress("answers", null, null, null));
        Read("{}", new AmqpReply(longest + "é", "1")).Reply.ShouldBeNull();
    }

    [Theory]
    [InlineData("rabbitmq://elsewhere/lms/answers", "answers")]
    [InlineData("amqps://elsewhere:5671/lms/answers?durable=false", "answers")]
    [InlineData("rabbitmq://elsewhere/other/answers", null)]
    [InlineData("rabbitmq://elsewhere/answers", null)]
    [InlineData("queue:answers", "answers")]
    [InlineData("exchange:answers?temporary=true", "answers")]
    [InlineData("queue:ruangkerja-sweep", null)]
    [InlineData("https://elsewhere/lms/answers", null)]
    [InlineData("answers", null)]
    [InlineData("", null)]
    public void ResponseAddress_IsAQueueOfOurVirtualHostOrNone(string address, string? queue) =>
        Read($$"""{ "messageType": ["x"], "message": {}, "responseAddress": "{{address}}" }""")
            .Reply?.Queue.ShouldBe(queue);

    private static ReplayQuestion Read(string body, AmqpReply? reply = null) =>
        ReplayRequestReader.Read(Encoding.UTF8.GetBytes(body), reply ?? NoReply, "lms");
}
