using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
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
            // The next look waits longer.
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
            {
                foreach (var stored in await history.ReadAsync(sequences, cancellationToken))
                {
                    var entry = EventEntries.Entry(stored);
                    var data = JsonSerializer.SerializeToUtf8Bytes(entry, entry.GetType(), ApiJson.Options);
                    _events.Event(stored.Sequence, EventEntries.Kind(entry), data);
                }

                _toldPosition = sequences[^1];
                await FlushAsync(cancellationToken);
            }

            _position = sequences.Count == PartSize ? sequences[^1] : horizon;
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
