using RuangKerja.Events.Api;
using RuangKerja.Events.Polling;

namespace RuangKerja.Events.Tests.Polling;

public sealed class FeedPlanTests
{
    private static readonly FeedPollingOptions Options = new();
    private static readonly TimeSpan Width = TimeSpan.FromMinutes(5);

    private readonly DateTimeOffset _now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private readonly FeedPlan _plan = new(Options);

    private DateTimeOffset Watermark => _now.AddHours(-2);
    private DateTimeOffset Horizon => _now - Options.SafetyLag;

    [Fact]
    public void Watermark_StandsWhileTheOverlapIsReadAndNeverGoesBack()
    {
        var pieces = ReadInPieces();

        pieces.Where(p => p.Piece.To <= Watermark).ShouldAllBe(p => p.Watermark == Watermark);
        pieces.Where(p => p.Piece.To <= Watermark).ShouldNotBeEmpty();
        pieces.Select(p => p.Watermark).ShouldBeInOrder();
        pieces[^1].Watermark.ShouldBe(Horizon);
    }

    [Fact]
    public void OverlapOfAWindow_IsReadOnce()
    {
        var pieces = ReadInPieces();

        pieces[0].Piece.From.ShouldBe(Watermark - Options.Overlap);
        for (var i = 1; i < pieces.Count; i++)
            pieces[i].Piece.From.ShouldBe(pieces[i - 1].Piece.To.AddSeconds(-1));
    }

    [Fact]
    public void EveryPieceOfAWindow_IsPlannedUpToItsEnd()
    {
        var planned = ReadInPieces().Select(p => p.Planned).ToList();

        planned.ShouldAllBe(p => p.ReachesNow && p.Window.To == Horizon);
    }

    [Fact]
    public void PieceThatWasNotStored_IsPlannedAgain()
    {
        StoreOnePiece();
        var lost = _plan.Next(Watermark, _now);

        _plan.Next(Watermark, _now.AddHours(1)).ShouldBe(lost);
    }

    [Fact]
    public void WindowOfWhichNothingWasStored_IsNotClungTo()
    {
        _plan.Next(Watermark, _now);

        var later = _plan.Next(Watermark, _now.AddHours(1))!.Value;

        later.Window.ShouldBe(new FeedWindow(Watermark - Options.Overlap, Horizon.AddHours(1)));
    }

    [Fact]
    public void WindowBegunForAnotherWatermark_IsGivenUp()
    {
        StoreOnePiece();
        var moved = Watermark.AddMinutes(30);

        _plan.Next(moved, _now)!.Value.Window.From.ShouldBe(moved - Options.Overlap);
    }

    [Fact]
    public void WindowGivenUp_BeginsWithItsOverlapAgain()
    {
        StoreOnePiece();
        _plan.GiveUp();

        _plan.Next(Watermark, _now)!.Value.Window.From.ShouldBe(Watermark - Options.Overlap);
    }

    /// <summary>
    /// Our clock is an hour ahead: a piece reaches into what is still to come. The rest of the window is read when that has
    /// been: none of it shows what came in the piece.
    /// </summary>
    [Fact]
    public void F34_P1_RestOfAWindow_ProvesNoMoreThanItsFirstPieceCould()
    {
        var theirs = Watermark.AddMinutes(10);
        var first = _plan.Next(Watermark, _now)!.Value.WhenAsked(theirs);
        var piece = new FeedWindow(first.Window.From, theirs.AddMinutes(5));
        var watermark = FeedSchedule.Proven(Watermark, piece, first.AskedAt, Options);
        _plan.Stored(first, piece, watermark);

        // The API was away meanwhile.
        var rest = _plan.Next(watermark, _now.AddHours(3))!.Value.WhenAsked(_now.AddHours(2));
        var proven = FeedSchedule.Proven(watermark, rest.Window, rest.AskedAt, Options);
        _plan.Stored(rest, rest.Window, proven);

        rest.Window.From.ShouldBe(FeedPace.After(piece));
        proven.ShouldBe(theirs - Options.SafetyLag);
        _plan.Next(proven, _now.AddHours(3))!.Value.Window.From.ShouldBeLessThan(theirs - Options.SafetyLag);
    }

    [Fact]
    public void ClockThatWasSetBack_IsReadOnFromWhereThisInstanceHasReadTo()
    {
        var wrong = _now.AddDays(30);
        var due = _plan.Next(wrong, _now)!.Value;
        _plan.Stored(due, due.Window, wrong);

        _plan.Next(wrong, _now.AddHours(6))!.Value.Window.From.ShouldBe(due.Window.To - Options.Overlap);
    }

    private void StoreOnePiece()
    {
        var due = _plan.Next(Watermark, _now)!.Value;
        _plan.Stored(due, due.Window with { To = due.Window.From + Width }, Watermark);
    }

    /// <summary>As the cycle does it with an API that answers five minutes at a time.</summary>
    private List<(PlannedWindow Planned, FeedWindow Piece, DateTimeOffset Watermark)> ReadInPieces()
    {
        var pieces = new List<(PlannedWindow, FeedWindow, DateTimeOffset)>();
        var watermark = Watermark;
        while (_plan.Next(watermark, _now) is { } due)
        {
            var piece = new FeedPace(Width).Piece(due.Window);
            watermark = FeedSchedule.Proven(watermark, piece, askedAt: null, Options);
            _plan.Stored(due, piece, watermark);
            pieces.Add((due, piece, watermark));
        }

        return pieces;
    }
}
