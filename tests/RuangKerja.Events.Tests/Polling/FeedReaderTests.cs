using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling;

namespace RuangKerja.Events.Tests.Polling;

public sealed class FeedReaderTests
{
    private static readonly FeedPollingOptions Options = new() { MaxItems = 1_000 };

    private readonly Clock _clock = new();
    private readonly StubbornApi _api = new();
    private readonly FeedReader _reader;
    private DateTimeOffset _watermark;

    public FeedReaderTests()
    {
        _reader = new FeedReader(Company.Default, _api, Options, _clock, NullLogger<FeedReader>.Instance);
        _watermark = _clock.GetUtcNow().AddHours(-2);
    }

    private DateTimeOffset Horizon => _clock.GetUtcNow() - Options.SafetyLag;

    [Fact]
    public async Task Window_the_api_can_answer_is_one_request()
    {
        var piece = (await _reader.ReadAsync(_watermark, CancellationToken.None)).ShouldNotBeNull();

        _api.Asked.ShouldBe([new FeedWindow(_watermark - Options.Overlap, Horizon)]);
        piece.Watermark.ShouldBe(Horizon);
        piece.ReachesNow.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1_800)]
    [InlineData(60)]
    [InlineData(2)]
    public async Task Window_that_is_too_wide_is_read_in_pieces_without_a_gap(int widest)
    {
        _api.Widest = TimeSpan.FromSeconds(widest);
        _watermark = _clock.GetUtcNow().AddMinutes(-30);
        var from = _watermark - Options.Overlap;

        var pieces = await ReadToNowAsync();

        pieces[0].Window.From.ShouldBe(from);
        pieces[^1].Window.To.ShouldBe(Horizon);
        for (var i = 1; i < pieces.Count; i++)
            pieces[i].Window.From.ShouldBe(pieces[i - 1].Window.To.AddSeconds(-1));
        pieces.ShouldAllBe(p => p.Window.To - p.Window.From <= TimeSpan.FromSeconds(widest));
        _watermark.ShouldBe(Horizon);
    }

    [Fact]
    public async Task Watermark_stands_while_the_overlap_is_read_and_never_goes_back()
    {
        _api.Widest = TimeSpan.FromMinutes(5);
        var start = _watermark;

        var pieces = await ReadToNowAsync();

        pieces.Where(p => p.Window.To <= start).ShouldAllBe(p => p.Watermark == start);
        pieces.Select(p => p.Watermark).ShouldBeInOrder();
    }

    [Fact]
    public async Task Piece_that_was_not_stored_is_read_again()
    {
        _api.Widest = TimeSpan.FromMinutes(5);

        var lost = await _reader.ReadAsync(_watermark, CancellationToken.None);
        var again = await _reader.ReadAsync(_watermark, CancellationToken.None);

        again!.Window.From.ShouldBe(lost!.Window.From);
    }

    [Fact]
    public async Task Window_of_which_nothing_was_stored_is_not_clung_to()
    {
        await _reader.ReadAsync(_watermark, CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(1));

        var piece = await _reader.ReadAsync(_watermark, CancellationToken.None);

        piece!.Window.ShouldBe(new FeedWindow(_watermark - Options.Overlap, Horizon));
    }

    [Fact]
    public async Task Window_begun_for_another_watermark_is_given_up()
    {
        _api.Widest = TimeSpan.FromMinutes(5);
        _reader.Stored((await _reader.ReadAsync(_watermark, CancellationToken.None))!);

        var moved = _watermark.AddMinutes(30);
        var piece = await _reader.ReadAsync(moved, CancellationToken.None);

        piece!.Window.From.ShouldBe(moved - Options.Overlap);
    }

    [Fact]
    public async Task Width_grows_back_when_the_api_has_recovered()
    {
        _api.Widest = TimeSpan.FromMinutes(1);
        await ReadToNowAsync();
        _api.Widest = TimeSpan.MaxValue;
        _clock.Advance(TimeSpan.FromDays(30));

        var pieces = await ReadToNowAsync();

        pieces.Max(p => p.Window.To - p.Window.From).ShouldBe(Options.MaxWindow + Options.Overlap);
    }

    [Fact]
    public async Task Answer_with_too_many_rows_is_asked_for_by_halves()
    {
        _api.RowsPerSecond = 1;

        var pieces = await ReadToNowAsync();

        pieces.ShouldAllBe(p => p.Rows.Count <= Options.MaxItems);
    }

    [Fact]
    public async Task One_second_with_too_many_rows_is_taken_as_it_is()
    {
        _api.RowsPerSecond = 5_000;
        _watermark = Horizon.AddSeconds(-2);

        var pieces = await ReadToNowAsync();

        pieces.ShouldContain(p => p.Rows.Count >= 5_000);
        _watermark.ShouldBe(Horizon);
    }

    [Fact]
    public async Task One_second_that_cannot_be_read_is_a_failure()
    {
        _api.Widest = TimeSpan.Zero;

        await Should.ThrowAsync<RuangKerjaApiException>(() => _reader.ReadAsync(_watermark, CancellationToken.None));
    }

    [Fact]
    public async Task Other_failure_is_not_asked_again()
    {
        _api.IsDown = true;

        await Should.ThrowAsync<RuangKerjaApiException>(() => _reader.ReadAsync(_watermark, CancellationToken.None));

        _api.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Watermark_never_passes_the_apis_own_now()
    {
        // Our clock is an hour ahead: the window reaches into what is still to come.
        _api.AnsweredAt = _clock.GetUtcNow().AddHours(-1);

        var piece = await _reader.ReadAsync(_watermark, CancellationToken.None);

        piece!.Window.To.ShouldBe(Horizon);
        piece.Watermark.ShouldBe(_api.AnsweredAt.Value - Options.SafetyLag);
    }

    [Fact]
    public async Task Clock_that_was_set_back_still_reads_what_happens_now()
    {
        _watermark = _clock.GetUtcNow().AddDays(30);

        var piece = await _reader.ReadAsync(_watermark, CancellationToken.None);

        piece!.Window.ShouldBe(new FeedWindow(Horizon - Options.Overlap - Options.Interval, Horizon));
        piece.Watermark.ShouldBe(_watermark);
    }

    /// <summary>As the cycle does it: read, store, read on.</summary>
    private async Task<List<FeedPiece>> ReadToNowAsync()
    {
        var pieces = new List<FeedPiece>();
        while (await _reader.ReadAsync(_watermark, CancellationToken.None) is { } piece)
        {
            pieces.Add(piece);
            _reader.Stored(piece);
            _watermark = piece.Watermark;
        }

        return pieces;
    }

    /// <summary>The fault: an API that cannot answer windows wider than it likes.</summary>
    private sealed class StubbornApi : IRuangKerjaApi
    {
        private static readonly FeedRow Row = new(null, null, null, null, null, null, "{}", []);

        public TimeSpan Widest { get; set; } = TimeSpan.MaxValue;
        public double RowsPerSecond { get; set; }
        public bool IsDown { get; set; }
        public DateTimeOffset? AnsweredAt { get; set; }
        public List<FeedWindow> Asked { get; } = [];

        public Task<FeedAnswer> ReadFeedAsync(FeedWindow window, CancellationToken cancellationToken)
        {
            Asked.Add(window);
            var width = window.To - window.From;
            if (IsDown || width > Widest)
            {
                throw new RuangKerjaApiException(ApiFailureKind.Transient, "reading the feed", "nothing", "Wait.")
                {
                    NarrowerWindowMayHelp = !IsDown,
                };
            }

            var count = (int)Math.Min(width.TotalSeconds * RowsPerSecond, 10_000);
            return Task.FromResult(new FeedAnswer([.. Enumerable.Repeat(Row, count)], AnsweredAt));
        }

        public Task<CataloguePage> ReadCataloguePageAsync(int page, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<RosterPage> ReadRosterPageAsync(
            string courseSerial,
            int page,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
