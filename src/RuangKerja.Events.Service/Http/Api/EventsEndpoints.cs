using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Api.Queries;
using RuangKerja.Events.Service.Http.Api.Streams;
using RuangKerja.Events.Service.Http.Problems;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Http.Api;

/// <summary>A part of the event feed.</summary>
public sealed record EventPage
{
    /// <summary>Messages, with the members that they have on the bus; ascending by <c>sequence</c>.</summary>
    public required IReadOnlyList<object> Events { get; init; }

    /// <summary>What to give as <c>after</c> for the next part: nothing at or below it is missing.</summary>
    public required long Next { get; init; }

    /// <summary>The sequence at or below which nothing appears any more. While <c>next</c> is below it there may be more.</summary>
    public required long Horizon { get; init; }
}

/// <summary>Where now is.</summary>
public sealed record FeedHorizon
{
    /// <summary>The sequence at or below which nothing appears any more.</summary>
    public required long Horizon { get; init; }
}

/// <summary><c>/api/events</c>: the event feed, for those who pull.</summary>
internal static class EventsEndpoints
{
    private static readonly QueryParameters OfHorizon = new([Parameters.Companies]);

    public static void MapEvents(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Events");
        events
            .MapGet("", ListAsync)
            .As(
                "listEvents",
                "Read a part of the event feed.",
                "Complete and in order: an event that is committed late, with a lower sequence, is waited for and never skipped. "
                    + "Events that are held for an operator hold the horizon; discarded ones are never shown.",
                EventQuery.OfPages
            );
        events
            .MapGet("/horizon", ReadHorizonAsync)
            .As(
                "readHorizon",
                "Ask where now is.",
                "What is stored later has a higher sequence: given as `after` it begins with the news.",
                OfHorizon
            );
        events
            .MapGet("/stream", StreamAsync)
            .As(
                "streamEvents",
                "Follow the event feed.",
                "Server-sent events: `id` is the sequence, `event` the kind (`unreadable` for a stored event that cannot be read), "
                    + "`data` the message as JSON. `Last-Event-ID` goes before `after`. A comment comes when nothing else did for "
                    + "15 seconds, with an `id` that moves the position past what the filter left out.",
                EventQuery.OfStreams,
                problems: [ProblemKind.TooManyStreams, ProblemKind.Stopping]
            )
            .Produces<string>(StatusCodes.Status200OK, EventStream.MediaType);
    }

    private static async Task<Ok<EventPage>> ListAsync(
        HttpContext context,
        [FromServices] GatedHistory history,
        [FromServices] IReadOnlyList<Company> companies
    )
    {
        var query = new QueryReader(context);
        var (filter, start, limit) = (
            EventQuery.ReadFilter(query, companies),
            EventQuery.ReadStart(query),
            query.ReadLimit()
        );
        query.ThrowIfFaulty();

        var horizon = await history.ReadFeedHorizonAsync(filter.Companies, context.RequestAborted);
        var after = start.Sequence ?? horizon;
        var sequences =
            after < horizon ? await history.FindAsync(filter, after, horizon, limit, context.RequestAborted) : [];
        var events = sequences.Count > 0 ? await history.ReadAsync(sequences, context.RequestAborted) : [];
        return TypedResults.Ok(
            new EventPage
            {
                Events = [.. events.Select(EventEntries.Entry)],
                // A list that is not full is the rest: a rare filter need not look through it again.
                Next = sequences.Count == limit ? sequences[^1] : Math.Max(after, horizon),
                Horizon = horizon,
            }
        );
    }

    private static async Task<Ok<FeedHorizon>> ReadHorizonAsync(
        HttpContext context,
        [FromServices] GatedHistory history,
        [FromServices] IReadOnlyList<Company> configured
    )
    {
        var query = new QueryReader(context);
        var companies = query.ReadCompanies(configured);
        query.ThrowIfFaulty();
        return TypedResults.Ok(
            new FeedHorizon { Horizon = await history.ReadFeedHorizonAsync(companies, context.RequestAborted) }
        );
    }

    private static async Task StreamAsync(
        HttpContext context,
        [FromServices] IReadOnlyList<Company> companies,
        [FromServices] StreamPlaces places
    )
    {
        var query = new QueryReader(context);
        var filter = EventQuery.ReadFilter(query, companies);
        const string LastId = "Last-Event-ID";
        var start = context.Request.Headers[LastId] is [{ Length: > 0 } last]
            ? EventQuery.ReadStart(query, last, LastId)
            : EventQuery.ReadStart(query);
        query.ThrowIfFaulty();

        using var place =
            places.Take()
            ?? throw new ProblemException(
                Problem.Of(
                    ProblemKind.TooManyStreams,
                    $"All {StreamPlaces.Most} places of this instance are taken.",
                    "Try later or another instance, or read /api/events by parts."
                )
            );
        var stream = ActivatorUtilities.CreateInstance<EventStream>(context.RequestServices, context, filter);
        await stream.RunAsync(start.Sequence);
    }
}
