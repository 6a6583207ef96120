using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Diagnostics;

public sealed class HealthBoardTests
{
    private readonly Clock _clock = new();
    private readonly HealthBoard _board;

    public HealthBoardTests() => _board = new HealthBoard(_clock);

    private PartHealth Feed => _board.Read().ShouldHaveSingleItem();

    [Fact]
    public void Failure_keeps_the_last_success_and_the_next_success_forgets_it()
    {
        var succeeded = _clock.GetUtcNow();
        _board.Succeeded(Company.Default, PipelinePart.Feed);
        _clock.Advance(TimeSpan.FromSeconds(5));
        _board.Failed(Company.Default, PipelinePart.Feed, "broken");
        (Feed.LastSuccess, Feed.Failure).ShouldBe((succeeded, "broken"));

        _board.Succeeded(Company.Default, PipelinePart.Feed);

        (Feed.LastSuccess, Feed.Failure).ShouldBe((succeeded.AddSeconds(5), null));
    }

    [Fact]
    public void Error_that_can_tells_what_to_do_apart()
    {
        var error = new StorageException(
            StorageFailureKind.Unavailable,
            "Reading",
            "it is away.",
            "Wait.",
            inner: null
        );

        _board.Failed(Company.Default, PipelinePart.Feed, error);

        (Feed.Verdict!.Reason, Feed.Verdict.Hint).ShouldBe(("Reading: it is away.", "Wait."));
        Feed.Failure.ShouldBe(error.Message);
    }

    [Fact]
    public void Part_that_stands_by_has_not_failed()
    {
        _board.StandsBy(Company.Default, PipelinePart.Feed, "Another does.");

        (Feed.Verdict!.Status, Feed.Failure).ShouldBe((PartStatus.StandingBy, null));
    }

    [Fact]
    public void Pause_ends_with_the_next_success()
    {
        _board.Succeeded(Company.Default, PipelinePart.Feed);
        _board.Pauses(Company.Default, PipelinePart.Feed, TimeSpan.FromMinutes(5));
        Feed.Pause.ShouldBe(TimeSpan.FromMinutes(5));

        _board.Succeeded(Company.Default, PipelinePart.Feed);

        Feed.Pause.ShouldBe(TimeSpan.Zero);
    }
}
