using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary>Tells how a replay goes on in lines, one every few seconds and at every turn: where no person looks on.</summary>
internal sealed class ReplayLines(TextWriter writer, TimeProvider time) : IReplayWatcher
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ReplayPace _pace = new(time);
    private long? _written;
    private (ReplayState State, string? Reason) _told;
    private (string Text, long At)? _said;

    /// <inheritdoc />
    public void Stands(ReplayJob job)
    {
        _pace.Look(job);
        var turn = (job.State, job.Reason);
        if (_written is { } written && time.GetElapsedTime(written) < Interval && turn == _told)
            return;

        _written = time.GetTimestamp();
        _told = turn;
        writer.WriteLine($"replay {job.Id}: {ReplayTexts.Progress(job, _pace)}");
    }

    /// <inheritdoc />
    public void Says(string text)
    {
        if (_said is { } said && said.Text == text && time.GetElapsedTime(said.At) < Interval)
            return;

        _said = (text, time.GetTimestamp());
        writer.WriteLine(text);
    }
}
