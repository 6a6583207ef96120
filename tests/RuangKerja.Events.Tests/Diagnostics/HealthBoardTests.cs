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

    /// <summary>What an instance that stands by finds of the others.</summary>
    [Theory]
    [InlineData(PartStatus.Waiting)]
    [InlineData(PartStatus.Late)]
    [InlineData(PartStatus.Failing)]
    public void Part_that_is_found_unwell_keeps_its_last_success(PartStatus status)
    {
        var succeeded = _clock.GetUtcNow();
        _board.Found(Company.Default, PipelinePart.Feed, verdict: null);
        _clock.Advance(TimeSpan.FromMinutes(5));

        _board.Found(Company.Default, PipelinePart.Feed, new PartVerdict(status, "So it is.", Hint: null));

        (Feed.LastSuccess, Feed.Age, Feed.Verdict!.Status).ShouldBe((succeeded, TimeSpan.FromMinutes(5), status));
    }

    [Fact]
    public void Part_that_asks_for_attention_does_its_work()
    {
        _board.Found(Company.Default, PipelinePart.Feed, new PartVerdict(PartStatus.Attention, "Look.", Hint: null));

        (Feed.LastSuccess, Feed.Verdict!.Status).ShouldBe((_clock.GetUtcNow(), PartStatus.Attention));
    }

    [Fact]
    public void Part_that_gets_on_is_fresh_and_what_is_wrong_stays()
    {
        _board.Failed(Company.Default, PipelinePart.Feed, "broken");
        _board.GetsOn(Company.Default, PipelinePart.Feed);
        (Feed.Age, Feed.Failure).ShouldBe((TimeSpan.Zero, "broken"));

        _board.StandsBy(Company.Default, PipelinePart.Feed, "Another does.");
        _board.GetsOn(Company.Default, PipelinePart.Feed);
        Feed.Verdict.ShouldBeNull("this one does it now");
    }

    /// <summary>A loop that hangs must not look fresh for as long as the clock was put back.</summary>
    [Fact]
    public void Age_is_counted_by_a_clock_that_nobody_sets()
    {
        var clock = new WallClock();
        var board = new HealthBoard(clock);
        board.Succeeded(Company.Default, PipelinePart.Feed);

        clock.Set(TimeSpan.FromHours(-1));
        clock.Advance(TimeSpan.FromMinutes(10));

        board.Read().ShouldHaveSingleItem().Age.ShouldBe(TimeSpan.FromMinutes(10));
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
