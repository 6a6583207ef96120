using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace RuangKerja.Events.Errors;

/// <summary>
/// The headers that MassTransit 8 puts on a message that no attempt could handle, as it moves it to the error queue; those that the
/// broker puts on what it dead-letters; and those that it counts a queue's deliveries in. Pure.
/// </summary>
internal static class FaultHeaders
{
    public const string ExceptionType = "MT-Fault-ExceptionType";
    public const string Message = "MT-Fault-Message";
    public const string Timestamp = "MT-Fault-Timestamp";
    public const string StackTrace = "MT-Fault-StackTrace";
    public const string InputAddress = "MT-Fault-InputAddress";
    public const string ConsumerType = "MT-Fault-ConsumerType";
    public const string RetryCount = "MT-Fault-RetryCount";

    /// <summary>How often a quorum queue has handed a message out and got it back; it is there from the first time on.</summary>
    public const string DeliveryCount = "x-delivery-count";

    /// <summary>Why the broker has dead-lettered a message the first time.</summary>
    public const string DeathReason = "x-first-death-reason";

    private const string AcquiredCount = "x-acquired-count";

    // As the broker marks what has been in a dead-letter queue.
    private const string DeathQueue = "x-first-death-queue";

    // As the kit for subscribers marks what was given up, and knows it when it comes again: late, but not outdated.
    private const string GivenUp = "ruangkerja-given-up";

    // How often the subscriber had it come again later, and the history of a dead-lettered message: were that to stay, the broker
    // could take its next end for a message that goes in circles, and drop it.
    private static readonly string[] Names = ["MT-Reason", "MT-Redelivery-Count", "x-death"];
    private static readonly string[] Prefixes = ["MT-Fault-", "MT-Host-", "x-first-death-", "x-last-death-"];

    /// <summary>Whether a header tells of the fault, and is no part of the message as it was published.</summary>
    public static bool IsOfFault(string name) =>
        Names.Contains(name) || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The properties for the queue it failed in: as they were published, but that it was given up can still be told. Of a dead
    /// letter only what is left out here tells that.
    /// </summary>
    public static BasicProperties WithoutFault(IReadOnlyBasicProperties properties)
    {
        var published = Without(properties, name => IsOfFault(name) || IsCount(name));
        if (properties.Headers?.ContainsKey(DeathQueue) is true)
            (published.Headers ??= new Dictionary<string, object?>())[GivenUp] = "true";
        return published;
    }

    /// <summary>The properties for a copy in the same queue: the broker counts its deliveries anew.</summary>
    public static BasicProperties WithoutCounts(IReadOnlyBasicProperties properties) => Without(properties, IsCount);

    /// <summary>A header as text; null when it is absent.</summary>
    public static string? Text(this IReadOnlyBasicProperties properties, string name) =>
        properties.Headers is { } headers && headers.TryGetValue(name, out var value) ? Text(value) : null;

    /// <summary>A header's value as text.</summary>
    public static string? Text(object? value) =>
        value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);

    public static bool IsCount(string name) => name is DeliveryCount or AcquiredCount;

    private static BasicProperties Without(IReadOnlyBasicProperties properties, Func<string, bool> left)
    {
        var kept = properties.Headers?.Where(header => !left(header.Key)).ToDictionary();
        return new BasicProperties(properties) { Headers = kept is { Count: > 0 } ? kept : null };
    }
}
