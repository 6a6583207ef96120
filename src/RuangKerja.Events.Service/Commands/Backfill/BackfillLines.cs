using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling.Backfills;

namespace RuangKerja.Events.Service.Commands.Backfill;

/// <summary>Tells how a backfill goes on in lines, one every few seconds: where no person looks on.</summary>
internal sealed class BackfillLines(Company company, TextWriter writer, TimeProvider time) : IBackfillWatcher
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long? _written;

    /// <inheritdoc />
    public void Moved(BackfillProgress progress)
    {
        if (_written is { } written && time.GetElapsedTime(written) < Interval && !progress.IsDone)
            return;

        _written = time.GetTimestamp();
        writer.WriteLine(
            $"{company}: read up to {BackfillTexts.Position(progress)} ({Math.Floor(100 * progress.Share)} %): "
                + BackfillTexts.Counts(progress)
        );
    }

    /// <inheritdoc />
    public void Waits(BackfillProgress progress, string reason, TimeSpan wait)
    {
        _written = time.GetTimestamp();
        writer.WriteLine(
            $"{company}: waits {BackfillTexts.Duration(wait)} at {BackfillTexts.Position(progress)}. {reason}"
        );
    }
}
