using System.CommandLine;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Service.Commands.Backfill;

/// <summary>The span that is asked for.</summary>
/// <param name="To">What happened at this very instant belongs to it.</param>
internal sealed record BackfillSpan(DateTimeOffset From, DateTimeOffset To);

/// <summary>The options <c>--from</c> and <c>--to</c>.</summary>
internal static class BackfillArguments
{
    private const string FromName = "--from";
    private const string ToName = "--to";
    private const string Form = "an instant with its offset, such as 2026-01-31T00:00:00+07:00";

    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The option <c>--from</c>.</summary>
    public static Option<string> CreateFrom() => Create(FromName, "Where the span begins");

    /// <summary>The option <c>--to</c>.</summary>
    public static Option<string> CreateTo() => Create(ToName, "Where it ends, at the latest now");

    /// <summary>Reads both.</summary>
    /// <exception cref="UsageException">Something is wrong with them; the message says all of it.</exception>
    public static BackfillSpan Read(string from, string to, DateTimeOffset now)
    {
        var faults = new List<string>();
        var begin = Instant(FromName, from, now, faults);
        var end = Instant(ToName, to, now, faults);
        if (faults.Count == 0 && begin >= end)
            faults.Add($"{FromName} '{from}': write an instant before {ToName} '{to}'.");
        return faults.Count == 0
            ? new BackfillSpan(begin, end)
            : throw new UsageException(string.Join(Environment.NewLine, faults));
    }

    private static Option<string> Create(string name, string description) =>
        new(name)
        {
            Description = $"{description}: {Form}.",
            HelpName = "instant",
            Required = true,
        };

    private static DateTimeOffset Instant(string name, string text, DateTimeOffset now, List<string> faults)
    {
        if (!Rfc3339.TryParse(text, out var instant) || instant < Earliest || instant > now)
            faults.Add($"{name} '{text}': write {Form}, {Text(Earliest)} to now ({Text(now)}).");
        return instant;
    }

    private static string Text(DateTimeOffset instant) => Rfc3339.Format(instant, TimeZoneInfo.Utc);
}
