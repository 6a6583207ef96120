using System.Globalization;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling.Backfills;

namespace RuangKerja.Events.Service.Commands.Backfill;

/// <summary>How a backfill's progress reads.</summary>
internal static class BackfillTexts
{
    /// <summary>Up to where it is read, to the second: a range goes on to the end of the second that was asked for.</summary>
    public static DateTimeOffset ReadUpTo(BackfillProgress progress) =>
        progress.IsDone ? progress.Range.To - TimeSpan.FromSeconds(1) : progress.Position;

    /// <summary>The same as text.</summary>
    public static string Position(BackfillProgress progress) => Rfc3339.Format(ReadUpTo(progress), TimeZoneInfo.Utc);

    /// <summary>What it has brought, how fast it goes, and how long the rest takes.</summary>
    public static string Counts(BackfillProgress progress)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Rows} rows, {progress.Events} events, {progress.RowsPerSecond:0} rows/s"
        );
        return progress.Remaining is { } remaining ? $"{text}, {Duration(remaining)} left" : text;
    }

    /// <summary>To whole seconds, rounded up: <c>hh:mm:ss</c>, with days where there are any.</summary>
    public static string Duration(TimeSpan duration)
    {
        var seconds = TimeSpan.FromSeconds(Math.Ceiling(duration.TotalSeconds));
        return seconds.ToString(
            seconds >= TimeSpan.FromDays(1) ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss",
            CultureInfo.InvariantCulture
        );
    }
}
