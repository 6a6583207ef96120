using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RuangKerja.Events.Errors;

namespace RuangKerja.Events.Tests.Errors;

public sealed class FaultedMessageReaderTests
{
    private static readonly Dictionary<string, object?> Faulted = new()
    {
        ["cloudEvents:id"] = "019cab7d-0000-7000-8001-f2e3d4c5b006"u8.ToArray(),
        ["cloudEvents:source"] = "/ruangkerja/acme"u8.ToArray(),
        ["MT-Redelivery-Count"] = 2,
        ["MT-Reason"] = "fault"u8.ToArray(),
        ["x-death"] = new List<object?>(),
        ["x-first-death-reason"] = "delivery_limit"u8.ToArray(),
        ["x-last-death-queue"] = "hr"u8.ToArray(),
        ["MT-Host-ProcessId"] = "7"u8.ToArray(),
        ["MT-Fault-ExceptionType"] = "System.TimeoutException"u8.ToArray(),
        ["MT-Fault-Message"] = "late"u8.ToArray(),
        ["MT-Fault-Timestamp"] = "2026-01-31T12:00:00.0000000Z"u8.ToArray(),
        ["MT-Fault-InputAddress"] = "rabbitmq://broker/hr"u8.ToArray(),
        ["MT-Fault-RetryCount"] = 4,
        ["x-delivery-count"] = 1L,
    };

    public static TheoryData<string> Examples { get; } =
        new(
            Directory
                .GetFiles(Path.Combine(Repository.Root, "contracts/examples/1.0"), "course-*.json")
                .Select(file => Path.GetFileName(file))
        );

    [Theory]
    [MemberData(nameof(Examples))]
    public void AGoldenMessage_IsReadWhole(string file)
    {
        var example = JsonDocument.Parse(Repository.Read($"contracts/examples/1.0/{file}")).RootElement;
        var body = example.GetProperty("body");
        var id = body.GetProperty("messageId").GetString();

        var read = Read(body.GetRawText());

        (read.MessageId, read.EventId).ShouldBe((id, id));
        read.Company.ShouldBe(body.GetProperty("message").GetProperty("company").GetString());
        read.MessageTypes[^1].ShouldBe("CourseStatusChanged");
        read.MessageTypes.Count.ShouldBe(2);
        JsonElement.DeepEquals(read.Message!.Value, body.GetProperty("message")).ShouldBeTrue();
    }

    [Fact]
    public void TheFault_IsReadFromTheHeaders_WhichAreNoneOfTheMessages()
    {
        var read = Read("{}", Faulted);

        (read.ExceptionType, read.ExceptionMessage, read.Retries).ShouldBe(("System.TimeoutException", "late", "4"));
        read.FaultedAt.ShouldBe(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
        read.InputAddress.ShouldBe("rabbitmq://broker/hr");
        read.Headers.Keys.ShouldBe(["cloudEvents:id", "cloudEvents:source"]);
    }

    /// <summary>The headers tell what they can when the body is the reason that it failed.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\u0000\u0001 no json")]
    [InlineData("""{"message":""")]
    public void ABodyThatIsNoJson_IsText(string body)
    {
        var read = Read(body, Faulted);

        read.Message.ShouldBeNull();
        read.Text.ShouldBe(body);
        (read.EventId, read.Company).ShouldBe(("019cab7d-0000-7000-8001-f2e3d4c5b006", "acme"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"message":7,"messageType":"one","eventId":3,"company":{}}""")]
    [InlineData("""{"message":null,"messageType":[1,null]}""")]
    public void AnyJson_IsRead(string body)
    {
        var read = Read(body);

        read.Message!.Value.GetRawText().ShouldBe(body);
        read.MessageTypes.ShouldBeEmpty();
        (read.EventId, read.Company, read.MessageId).ShouldBe((null, null, null));
    }

    [Fact]
    public void WithoutItsFault_AMessageIsAsPublished()
    {
        var properties = new BasicProperties
        {
            MessageId = "1",
            ContentType = "application/vnd.masstransit+json",
            Headers = Faulted,
        };

        var clean = FaultHeaders.WithoutFault(properties);
        var copy = FaultHeaders.WithoutCounts(properties);

        (clean.MessageId, clean.ContentType).ShouldBe(("1", "application/vnd.masstransit+json"));
        clean.Headers!.Keys.ShouldBe(["cloudEvents:id", "cloudEvents:source"]);
        clean.Headers["cloudEvents:id"].ShouldBeSameAs(Faulted["cloudEvents:id"]);
        copy.Headers!.Keys.ShouldBe(Faulted.Keys.Except(["x-delivery-count"]));
        properties.Headers.Count.ShouldBe(14);
    }

    private static FaultedMessage Read(string body, Dictionary<string, object?>? headers = null) =>
        FaultedMessageReader.Read(new BasicProperties { Headers = headers }, Encoding.UTF8.GetBytes(body));
}
