using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling;

/// <summary>How the progress goes with a piece of the feed.</summary>
/// <param name="Standing">With all chunks of it but the last, and with a piece that is held.</param>
/// <param name="Done">With the last one.</param>
public readonly record struct PieceMoves(ProgressMove Standing, ProgressMove Done);

/// <summary>
/// What happens to a piece of the feed once it is read, whoever reads it: ③ judge the rows, then ④ to ⑥ of
/// <see cref="ChunkWriter"/>. A large piece is several transactions, and the progress moves with the last of them.
/// </summary>
public sealed class FeedPieceWriter(
    CompanyCatalogue catalogue,
    ChunkWriter writer,
    double quarantineLimit,
    TimeProvider time
)
{
    /// <summary>Stores the piece; null when another had moved the progress first.</summary>
    /// <param name="baseline">Which first sights are the past.</param>
    /// <exception cref="StorageException">The database did not do its part; whole chunks may be stored.</exception>
    public async Task<FeedPieceResult?> WriteAsync(
        FeedPiece piece,
        PieceMoves moves,
        BaselineRule baseline,
        CancellationToken cancellationToken
    )
    {
        var chunks = FeedChunks.Of(piece.Rows);
        var surge = await MeasureAsync(piece, chunks, baseline, cancellationToken);
        var result = new FeedPieceResult { Window = piece.Window, Rows = piece.Rows.Count };
        for (var i = 0; i < chunks.Count; i++)
        {
            var judged = await JudgeAsync(chunks[i], piece.AnsweredAt, cancellationToken);
            result = result.With(judged);
            result = result with { Held = QuarantineLimit.Holds(result.Rows, result.Rejected, quarantineLimit) };
            var move = i < chunks.Count - 1 || result.Held ? moves.Standing : moves.Done;
            var written = await writer.WriteAsync(judged, move, baseline, surge, resolved: [], cancellationToken);
            if (!written.Written)
                return null;

            result = result.With(written);
        }

        return result;
    }

    /// <summary>
    /// Of a piece that is stored in several transactions the first must not be on its way before it is known that all
    /// together are too much.
    /// </summary>
    private async Task<Surge> MeasureAsync(
        FeedPiece piece,
        IReadOnlyList<IReadOnlyList<FeedRow>> chunks,
        BaselineRule baseline,
        CancellationToken cancellationToken
    )
    {
        var surge = writer.NewSurge();
        if (chunks.Count == 1 || !surge.MayCome(piece.Rows.Count))
            return surge;

        var news = 0;
        foreach (var chunk in chunks)
        {
            var judged = await JudgeAsync(chunk, piece.AnsweredAt, cancellationToken);
            news += await writer.CountNewsAsync(judged, baseline, cancellationToken);
        }

        await surge.JudgeAsync(news, cancellationToken);
        return surge;
    }

    private async Task<JudgedRows> JudgeAsync(
        IReadOnlyCollection<FeedRow> rows,
        DateTimeOffset? answeredAt,
        CancellationToken cancellationToken
    )
    {
        var judged = Judge(await catalogue.CurrentAsync(cancellationToken));
        return
            judged.Unlinked.Any(course => course.Link == CourseLink.Unknown)
            && await catalogue.RenewForUnknownAsync(cancellationToken) is { } renewed
            ? Judge(renewed)
            : judged;

        JudgedRows Judge(Catalogue courses)
        {
            var now = time.GetUtcNow();
            return JudgedRows.Judge(rows, new RowContext(answeredAt ?? now, now, courses));
        }
    }
}
