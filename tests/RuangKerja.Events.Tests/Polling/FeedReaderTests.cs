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
    private readonly List<RuangKerjaApiException> _troubles = [];
    private readonly FeedReader _reader;
    private readonly FeedPlan _plan = new(Options);
    private DateTimeOffset _watermark;

    public FeedReaderTests()
    {
        _reader = new FeedReader(
            Company.Default,
            _api,
            Options,
            _clock,
            NullLogger<FeedReader>.Instance,
            _troubles.Add
        );
        _watermark = _clock.GetUtcNow().AddHours(-2);
    }

    private DateTimeOffset Horizon => _clock.GetUtcNow() - Options.SafetyLag;

    [Fact]
    public async Task Window_the_api_can_answer_is_one_request()
    {
        var due = new FeedWindow(_watermark, Horizon);

        var piece = await ReadAsync(due);

        _api.Asked.ShouldBe([due]);
        piece.Window.ShouldBe(due);
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

        await Should.ThrowAsync<RuangKerjaApiException>(() => ReadAsync(new FeedWindow(_watermark, Horizon)));
    }

    /// <summary>An API that never answers is narrowed for minutes before the reading fails.</summary>
    [Fact]
    public async Task Failure_that_a_narrower_window_follows_is_told_at_once()
    {
        _api.Widest = TimeSpan.FromMinutes(1);
        var told = 0;
        _api.BeforeAnswer = () => told = _troubles.Count;

        await ReadAsync(new FeedWindow(Horizon.AddMinutes(-4), Horizon));

        (told, _api.Asked.Count).ShouldBe((2, 3));
        _troubles.ShouldAllBe(trouble => trouble.NarrowerWindowMayHelp);
    }

    [Fact]
    public async Task Answer_that_is_too_large_is_no_trouble()
    {
        _api.RowsPerSecond = 10;

        await ReadAsync(new FeedWindow(Horizon.AddMinutes(-4), Horizon));

        _api.Asked.Count.ShouldBeGreaterThan(1);
        _troubles.ShouldBeEmpty();
    }

    /// <summary>Of a window that was asked for by halves, the last question counts.</summary>
    [Fact]
    public async Task Piece_says_how_long_its_own_answer_took()
    {
        _api.Widest = TimeSpan.FromMinutes(1);
        _api.BeforeAnswer = () => _clock.Advance(TimeSpan.FromSeconds(7));

        var piece = await ReadAsync(new FeedWindow(Horizon.AddMinutes(-4), Horizon));

        piece.Took.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Other_failure_is_not_asked_again()
    {
        _api.IsDown = true;

        await Should.ThrowAsync<RuangKerjaApiException>(() => ReadAsync(new FeedWindow(_watermark, Horizon)));

        _api.Asked.Count.ShouldBe(1);
    }

    private Task<FeedPiece> ReadAsync(FeedWindow due) => _reader.ReadAsync(due, CancellationToken.None);

    /// <summary>As the cycle does it: read, store, read on.</summary>
    private async Task<List<FeedPiece>> ReadToNowAsync()
    {
        var pieces = new List<FeedPiece>();
        while (_plan.Next(_watermark, _clock.GetUtcNow()) is { } due)
        {
            var piece = await ReadAsync(due.Window);
            pieces.Add(piece);
            _watermark = FeedSchedule.Proven(_watermark, piece.Window, piece.AnsweredAt, Options);
            _plan.Stored(due, piece.Window, _watermark);
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
        public Action BeforeAnswer { get; set; } = () => { };
        public List<FeedWindow> Asked { get; } = [];

        public Task<FeedAnswer> ReadFeedAsync(FeedWindow window, CancellationToken cancellationToken)
        {
            Asked.Add(window);
            BeforeAnswer();
            var width = window.To - window.From;
            if (IsDown || width > Widest)
            {
                throw new RuangKerjaApiException(ApiFailureKind.Transient, "reading the feed", "nothing", "Wait.")
                {
                    NarrowerWindowMayHelp = !IsDown,
                };
            }

            var count = (int)Math.Min(width.TotalSeconds * RowsPerSecond, 10_000);
            return Task.FromResult(new FeedAnswer([.. Enumerable.Repeat(Row, count)], AnsweredAt: null));
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
