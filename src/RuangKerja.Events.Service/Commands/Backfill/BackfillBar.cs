using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling.Backfills;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RuangKerja.Events.Service.Commands.Backfill;

/// <summary>Shows how a backfill goes on as a bar, on a terminal.</summary>
internal sealed class BackfillBar : IBackfillWatcher
{
    private readonly Company _company;
    private readonly ProgressTask _task;
    private readonly Words _words;

    private BackfillBar(Company company, ProgressTask task, Words words)
    {
        _company = company;
        _task = task;
        _words = words;
    }

    /// <summary>Shows the bar while the work is under way.</summary>
    public static async Task<BackfillResult> ShowAsync(
        IAnsiConsole console,
        Company company,
        Func<IBackfillWatcher, Task<BackfillResult>> work
    )
    {
        var words = new Words();
        var bar = console
            .Progress()
            .Columns(new ProgressBarColumn { Width = 20 }, new PercentageColumn(), words)
            .AutoRefresh(true);
        return await bar.StartAsync(progress =>
            work(new BackfillBar(company, progress.AddTask(company.Name, maxValue: 1), words))
        );
    }

    /// <inheritdoc />
    public void Moved(BackfillProgress progress) =>
        Show(progress, $"{BackfillTexts.Position(progress)}, {BackfillTexts.Counts(progress)}");

    /// <inheritdoc />
    public void Waits(BackfillProgress progress, string reason, TimeSpan wait) =>
        Show(progress, $"{BackfillTexts.Position(progress)}, waits {BackfillTexts.Duration(wait)}. {reason}");

    private void Show(BackfillProgress progress, string text)
    {
        _words.Text = $"{_company} {text}";
        _task.Value = progress.Share;
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
