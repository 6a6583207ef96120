using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Service.Http.Access;
using RuangKerja.Events.Service.Http.Api.Queries;
using RuangKerja.Events.Service.Http.Problems;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Http.Api;

/// <summary><c>/api/replays</c>: the past, sent again to one queue.</summary>
internal static class ReplaysEndpoints
{
    private static readonly QueryParameter DryRun = new(
        "dryRun",
        QueryForm.Flag,
        "Only tell what the replay would come to; nothing is kept or sent."
    )
    {
        Default = "false",
    };

    private static readonly QueryParameter States = new("state", QueryForm.Words, "Only replays in these states.")
    {
        Allowed = Words.Of<ReplayState>(),
    };

    private static readonly QueryParameter Before = new(
        "before",
        QueryForm.Uuid,
        "Only replays asked for before this one: `next` of the answer before."
    );

    private static readonly QueryParameters OfStart = new([DryRun]);
    private static readonly QueryParameters OfList = new([States, Before, Parameters.Limit]);

    public static void MapReplays(this RouteGroupBuilder api)
    {
        var replays = api.MapGroup("/replays").WithTags("Replays");
        replays
            .MapPost("", StartAsync)
            .As(
                "startReplay",
                "Ask for a replay.",
                "Every event that the filter means and that is stored by now is sent again to the one queue that is named. Who asks, "
                    + "by the name of the API key, is kept with it.",
                OfStart,
                AccessRules.Operator,
                ProblemKind.UnsupportedMediaType,
                ProblemKind.TooLarge,
                ProblemKind.ReplayRejected,
                ProblemKind.BrokerUnavailable
            )
            .Accepts<ReplayBody>("application/json")
            .Produces<ReplayView>(StatusCodes.Status201Created)
            .Produces<ReplayEstimateView>();
        replays
            .MapGet("", ListAsync)
            .As("listReplays", "List replays.", "The latest first.", OfList)
            .Produces<ReplayPage>();
        replays
            .MapGet("/{id}", ReadAsync)
            .As("readReplay", "Read one replay.", "With what was done with it.", problems: ProblemKind.NoSuchReplay)
            .Produces<ReplayView>();
        Map("pause", "Pause a replay.", "Messages under way may still arrive.", store => store.PauseAsync);
        Map("resume", "Let a paused or failed replay go on.", "It goes on where it stood.", store => store.ResumeAsync);
        Map("cancel", "End a replay for good.", "Messages under way may still arrive.", store => store.CancelAsync);

        void Map(string word, string summary, string description, Func<IReplayStore, Move> move) =>
            replays
                .MapPost(
                    $"/{{id}}/{word}",
                    (HttpContext context, [FromServices] IReplayStore store, [FromServices] ReaderGate gate) =>
                        MoveAsync(context, gate, word, move(store))
                )
                .As(
                    $"{word}Replay",
                    summary,
                    description,
                    policy: AccessRules.Operator,
                    problems: [ProblemKind.NoSuchReplay, ProblemKind.ReplayState]
                )
                .Produces<ReplayView>();
    }

    private delegate Task<ReplayTransition> Move(Guid id, string by, CancellationToken cancellationToken);

    private static async Task<IResult> StartAsync(HttpContext context, [FromServices] IReplayDesk desk)
    {
        var query = new QueryReader(context);
        var dryRun = query.Flag(DryRun);
        query.ThrowIfFaulty();

        var body = await JsonSerializer.DeserializeAsync<ReplayBody>(
            context.Request.Body,
            ApiJson.Options,
            context.RequestAborted
        );
        var request = (body ?? throw new JsonException()).ToRequest(NameOf(context));
        if (dryRun)
            return TypedResults.Ok(ReplayEstimateView.Of(await desk.EstimateAsync(request, context.RequestAborted)));

        return await desk.AskAsync(request, context.RequestAborted) switch
        {
            ReplayAnswer.Accepted { IsNew: false, Job: var known } => TypedResults.Ok(ReplayView.Of(known)),
            ReplayAnswer.Accepted { Job: var job } => TypedResults.Created(
                $"{HttpApi.Root}/replays/{job.Id}",
                ReplayView.Of(job)
            ),
            ReplayAnswer.Rejected { Faults: var faults } => throw Rejected(faults),
            var other => throw new InvalidOperationException($"No answer of a desk: {other}"),
        };
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        [FromServices] IReplayStore store,
        [FromServices] ReaderGate gate
    )
    {
        var query = new QueryReader(context);
        var (states, before, limit) = (query.Words<ReplayState>(States), query.Uuid(Before), query.ReadLimit());
        query.ThrowIfFaulty();

        var jobs = await gate.RunAsync(
            "Listing replays",
            () => store.ListAsync(states, before, limit, context.RequestAborted),
            context.RequestAborted
        );
        return TypedResults.Ok(
            new ReplayPage
            {
                Replays = [.. jobs.Select(job => ReplayView.Of(job))],
                Next = jobs.Count == limit ? jobs[^1].Id : null,
            }
        );
    }

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        [FromServices] IReplayStore store,
        [FromServices] ReaderGate gate
    )
    {
        new QueryReader(context).ThrowIfFaulty();
        var id = IdOf(context);
        return await gate.RunAsync(
            "Reading a replay",
            async () =>
            {
                var job = await store.ReadAsync(id, context.RequestAborted) ?? throw NoSuch(id);
                return TypedResults.Ok(ReplayView.Of(job, await store.ReadAuditAsync(id, context.RequestAborted)));
            },
            context.RequestAborted
        );
    }

    private static async Task<IResult> MoveAsync(HttpContext context, ReaderGate gate, string word, Move move)
    {
        new QueryReader(context).ThrowIfFaulty();
        var id = IdOf(context);
        var (job, changed) = await gate.RunAsync(
            "Moving a replay",
            () => move(id, NameOf(context), context.RequestAborted),
            context.RequestAborted
        );
        if (job is null)
            throw NoSuch(id);
        if (changed)
            return TypedResults.Ok(ReplayView.Of(job));

        throw new ProblemException(
            Problem.Of(ProblemKind.ReplayState, $"To {word} it does not fit: the replay is {Words.Of(job.State)}.") with
            {
                State = job.State,
            }
        );
    }

    private static string NameOf(HttpContext context) => context.User.Identity?.Name ?? ApiKeyHandler.Loopback;

    private static Guid IdOf(HttpContext context)
    {
        var text = $"{context.GetRouteValue("id")}";
        return Guid.TryParseExact(text, "D", out var id) ? id : throw NoSuch(text);
    }

    private static ProblemException NoSuch(object id) =>
        new(Problem.Of(ProblemKind.NoSuchReplay, $"There is no replay '{id}'."));

    private static ProblemException Rejected(IReadOnlyList<ReplayFault> faults) =>
        new(
            Problem.Of(ProblemKind.ReplayRejected, string.Join(' ', faults.Select(fault => fault.Message))) with
            {
                Errors = ReplayEstimateView.ErrorsOf(faults),
            }
        );
}
