using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using RuangKerja.Events.Service.Http.Problems;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Http.Api.Streams;

/// <summary>
/// One client that follows the feed: everything of its filter up to the horizon, then what comes. While the database does not
/// answer it waits, with heartbeats; it ends with the client or the service.
/// </summary>
internal sealed class EventStream(
    HttpContext context,
    EventFilter filter,
    GatedHistory history,
    HorizonWatch watch,
    IHostApplicationLifetime lifetime,
    TimeProvider time
)
{
    public const string MediaType = "text/event-stream";

    private const int PartSize = 500;

    // What is written at once is small: a client that reads slowly but steadily takes it well within the longest write.
    private const int FlushEvents = 20;
    private const int FlushBytes = 16 * 1024;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    // A client that reads nothing for so long holds a place for nothing; it may come back to where it was.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(1);

    private readonly ServerSentEvents _events = new(context.Response.BodyWriter);
    private long _position;
    private long _toldPosition;
    private long _wroteAt;
    private bool _givenUp;

    /// <summary>Streams until the client or the service goes.</summary>
    /// <param name="after">Null for now.</param>
    public async Task RunAsync(long? after)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        try
        {
            _position = after ?? await history.ReadFeedHorizonAsync(filter.Companies, ending.Token);
            await BeginAsync(ending.Token);
            while (true)
                await StepAsync(ending.Token);
        }
        // The service stops, or the client has gone: either way there is nothing to add.
        catch (OperationCanceledException)
            when (context.Response.HasStarted && (_givenUp || ending.IsCancellationRequested)) { }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new ProblemException(
                Problem.Of(ProblemKind.Stopping, hint: "Ask another instance, or this one when it is back.")
            );
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        // Our own bound is longer: who works on an event may be slow to take the next.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        _events.Begin();
        _events.Comment("the feed", _position);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Waits for the next look, or until a heartbeat is due, and sends what there is.</summary>
    private async Task StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var quiet = time.GetElapsedTime(_wroteAt);
            var next = watch.NextAsync(filter.Companies, cancellationToken);
            if (quiet < Heartbeat)
                await SendUpToAsync(
                    await next.WaitAsync(Heartbeat - quiet, time, cancellationToken),
                    cancellationToken
                );
            else
                await BeatAsync("quiet", cancellationToken);
        }
        catch (TimeoutException)
        {
            await BeatAsync("quiet", cancellationToken);
        }
        catch (StorageException trouble) when (trouble.Kind != StorageFailureKind.Refused)
        {
            // The look may have been well and the reading not: that waits as long as a look would.
            await Task.Delay(HorizonWatch.IntervalInTrouble, time, cancellationToken);
            if (time.GetElapsedTime(_wroteAt) >= Heartbeat)
                await BeatAsync("the database does not answer", cancellationToken);
        }
    }

    private async Task SendUpToAsync(long horizon, CancellationToken cancellationToken)
    {
        while (_position < horizon)
        {
            var sequences = await history.FindAsync(filter, _position, horizon, PartSize, cancellationToken);
            if (sequences.Count > 0)
                await SendAsync(await history.ReadAsync(sequences, cancellationToken), cancellationToken);
            _position = sequences.Count == PartSize ? sequences[^1] : horizon;
        }
    }

    private async Task SendAsync(IReadOnlyList<StoredEvent> part, CancellationToken cancellationToken)
    {
        var (events, bytes) = (0, 0);
        for (var i = 0; i < part.Count; i++)
        {
            var entry = EventEntries.Entry(part[i]);
            var data = JsonSerializer.SerializeToUtf8Bytes(entry, entry.GetType(), ApiJson.Options);
            _events.Event(part[i].Sequence, EventEntries.Kind(entry), data);
            (events, bytes) = (events + 1, bytes + data.Length);
            if (events < FlushEvents && bytes < FlushBytes && i < part.Count - 1)
                continue;

            await FlushAsync(cancellationToken);
            _position = _toldPosition = part[i].Sequence;
            (events, bytes) = (0, 0);
        }
    }

    private async Task BeatAsync(string comment, CancellationToken cancellationToken)
    {
        _events.Comment(comment, _position > _toldPosition ? _position : null);
        _toldPosition = Math.Max(_toldPosition, _position);
        await FlushAsync(cancellationToken);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        using var bounded = new CancellationTokenSource(LongestWrite, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            await context.Response.BodyWriter.FlushAsync(linked.Token);
        }
        catch (OperationCanceledException) when (bounded.IsCancellationRequested)
        {
            _givenUp = true;
            context.Abort();
            throw;
        }

        _wroteAt = time.GetTimestamp();
    }
}
