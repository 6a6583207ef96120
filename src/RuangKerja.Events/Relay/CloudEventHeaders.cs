using System.Globalization;
using MassTransit;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Relay;

/// <summary>CloudEvents 1.0 attributes as AMQP headers, by the specification's AMQP binding.</summary>
internal static class CloudEventHeaders
{
    /// <summary>The header of the event's id.</summary>
    public const string Id = Prefix + "id";

    /// <summary>The header of where it comes from: <see cref="SourcePrefix"/> and the company.</summary>
    public const string Source = Prefix + "source";

    /// <summary>What a source begins with.</summary>
    public const string SourcePrefix = "/ruangkerja/";

    private const string Prefix = "cloudEvents:";

    public static void Set(SendHeaders headers, Contract.CourseStatusChanged message)
    {
        headers.Set(Prefix + "specversion", "1.0");
        headers.Set(Id, message.EventId.ToString("D"));
        headers.Set(Source, SourcePrefix + message.Company);
        headers.Set(Prefix + "type", $"ruangkerja.course.{message.Kind}.v1");
        headers.Set(
            Prefix + "time",
            message.OccurredAt.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)
        );
        headers.Set(Prefix + "subject", message.AssignmentId);
        headers.Set(Prefix + "partitionkey", message.AssignmentId);
        headers.Set(Prefix + "sequence", message.Sequence.ToString(CultureInfo.InvariantCulture));
    }
}
