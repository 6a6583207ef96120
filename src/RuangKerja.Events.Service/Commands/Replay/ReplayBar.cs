using RuangKerja.Events.Storage.Replays;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary>Shows how a replay goes on as a bar, on a terminal.</summary>
internal sealed class ReplayBar : IReplayWatcher
{
    private readonly ReplayPace _pace = new(TimeProvider.System);
    private readonly ProgressTask _task;
    private readonly Words _words;
    private string? _said;

    private ReplayBar(ProgressTask task, Words words) => (_task, _words) = (task, words);

    /// <summary>Shows the bar while it is looked at.</summary>
    public static async Task<ReplayJob> ShowAsync(IAnsiConsole console, Func<IReplayWatcher, Task<ReplayJob>> look)
    {
        var words = new Words();
        var bar = console
            .Progress()
            .Columns(new ProgressBarColumn { Width = 20 }, new PercentageColumn(), words)
            .AutoRefresh(true);
        return await bar.StartAsync(progress => look(new ReplayBar(progress.AddTask("replay", maxValue: 1), words)));
    }

    /// <inheritdoc />
    public void Stands(ReplayJob job)
    {
        _pace.Look(job);
        if (job.State != ReplayState.Waiting)
            _said = null;
        _words.Text = _said is null ? ReplayTexts.Progress(job, _pace) : $"{ReplayTexts.Progress(job, _pace)}. {_said}";
        _task.Value = ReplayTexts.Share(job);
    }

    /// <inheritdoc />
    public void Says(string text)
    {
        _said = text;
        _words.Text = text;
    }

    /// <summary>What stands beside the bar; it is drawn by another thread than the one that moves it.</summary>
    private sealed class Words : ProgressColumn
    {
        private volatile string _text = "";

        public string Text
        {
            set => _text = value;
        }

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(_text);
    }
}
