using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Api.Queries;
using RuangKerja.Events.Service.Http.Problems;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Http.Api;

/// <summary><c>/api/assignments</c>: what is, and what was.</summary>
internal static class AssignmentsEndpoints
{
    private static readonly QueryParameter After = new(
        "after",
        QueryForm.Text,
        "Only assignments behind this one: `next` of the answer before."
    )
    {
        // The longest id, behind the longest name of a company.
        LongestText = Company.LongestName + 1 + AssignmentId.LongestInBytes,
    };

    private static readonly QueryParameter Statuses = Parameters.Statuses(
        "status",
        "Only assignments that have one of these statuses now."
    );

    private static readonly QueryParameter AsOf = new(
        "asOf",
        QueryForm.Instant,
        "The state at this instant, from what is of this very instant on; left out: now."
    );

    private static readonly QueryParameter Basis = new(
        "basis",
        QueryForm.Word,
        "Which time counts: `recorded` (what was known then) or `occurred` (what was true then, as far as is known now). Only with `asOf`."
    )
    {
        Allowed = Words.Of<TimeBasis>(),
        Default = Words.Of(TimeBasis.Recorded),
    };

    private static readonly QueryParameters OfList = new([
        Parameters.Companies,
        Parameters.Employee,
        Parameters.Course,
        Parameters.CourseSerial,
        Statuses,
        After,
        Parameters.Limit,
    ]);

    private static readonly QueryParameters OfOne = new([Parameters.Company, AsOf, Basis]);
    private static readonly QueryParameters OfHistory = new([Parameters.Company]);

    private const string Id =
        " The id is what messages carry as `assignmentId`, percent-encoded once more so that it is one segment of the path: "
        + "`S%20A1/emp-7` becomes `S%2520A1%2Femp-7`.";

    public static void MapAssignments(this RouteGroupBuilder api)
    {
        var assignments = api.MapGroup("/assignments").WithTags("Assignments");
        assignments
            .MapGet("", ListAsync)
            .As("listAssignments", "List assignments as they are known now.", "By company and id.", OfList);
        assignments
            .MapGet("/{id}", ReadAsync)
            .As(
                "readAssignment",
                "Read one assignment, as it is known now or at an instant.",
                "A past state is what its last event told; scores that came later without a change of status are not in it."
                    + Id,
                OfOne,
                problems: [ProblemKind.NoSuchAssignment, ProblemKind.UnreadableState]
            );
        assignments
            .MapGet("/{id}/history", ReadHistoryAsync)
            .As(
                "readAssignmentHistory",
                "Read everything that happened with one assignment.",
                "All of its events, by version." + Id,
                OfHistory,
                problems: ProblemKind.NoSuchAssignment
            );
    }

    private static async Task<Ok<AssignmentPage>> ListAsync(
        HttpContext context,
        [FromServices] GatedHistory history,
        [FromServices] IReadOnlyList<Company> companies
    )
    {
        var query = new QueryReader(context);
        var filter = new AssignmentFilter
        {
            Companies = query.ReadCompanies(companies),
            EmployeeId = query.Text(Parameters.Employee),
            CourseName = query.Text(Parameters.Course),
            CourseSerial = query.Text(Parameters.CourseSerial),
            Statuses = query.Words<CourseStatus>(Statuses),
        };
        var (after, limit) = (query.ReadAssignmentAfter(After), query.ReadLimit());
        query.ThrowIfFaulty();

        var found = await history.ListAssignmentsAsync(filter, after, limit, context.RequestAborted);
        return TypedResults.Ok(
            new AssignmentPage
            {
                Assignments = [.. found.Select(stored => AssignmentView.Of(stored.Company, stored.Snapshot))],
                Next = found.Count == limit ? $"{found[^1].Company}/{found[^1].Snapshot.Id}" : null,
            }
        );
    }

    private static async Task<Ok<AssignmentView>> ReadAsync(
        HttpContext context,
        [FromServices] GatedHistory history,
        [FromServices] IReadOnlyList<Company> companies
    )
    {
        var query = new QueryReader(context);
        var assignment = new AssignmentReference(query.ReadCompany(companies), AssignmentPath.Read(context));
        var (asOf, basis) = (query.Instant(AsOf), query.Word<TimeBasis>(Basis));
        if (basis is not null && query.Text(AsOf) is null)
            query.Refuse(Basis.Name, "'basis' says which time 'asOf' means; without 'asOf' it means nothing.");
        query.ThrowIfFaulty();

        return TypedResults.Ok(
            asOf is { } instant
                ? await ReadPastAsync(history, assignment, instant, basis ?? TimeBasis.Recorded, context.RequestAborted)
                : await ReadPresentAsync(history, assignment, context.RequestAborted)
        );
    }

    private static async Task<Ok<AssignmentHistory>> ReadHistoryAsync(
        HttpContext context,
        [FromServices] GatedHistory history,
        [FromServices] IReadOnlyList<Company> companies
    )
    {
        var query = new QueryReader(context);
        var assignment = new AssignmentReference(query.ReadCompany(companies), AssignmentPath.Read(context));
        query.ThrowIfFaulty();

        var events = await history.ReadTimelineAsync(assignment, context.RequestAborted);
        if (events.Count == 0)
            throw NoSuch(assignment);
        return TypedResults.Ok(
            new AssignmentHistory
            {
                Company = assignment.Company.Name,
                AssignmentId = assignment.AssignmentId.Value,
                Events = [.. events.Select(HistoryEntry.Of)],
            }
        );
    }

    private static async Task<AssignmentView> ReadPresentAsync(
        GatedHistory history,
        AssignmentReference assignment,
        CancellationToken cancellationToken
    ) =>
        await history.ReadAssignmentAsync(assignment, cancellationToken) is { } stored
            ? AssignmentView.Of(stored.Company, stored.Snapshot)
            : throw NoSuch(assignment);

    private static async Task<AssignmentView> ReadPastAsync(
        GatedHistory history,
        AssignmentReference assignment,
        DateTimeOffset instant,
        TimeBasis basis,
        CancellationToken cancellationToken
    )
    {
        var events = await history.ReadTimelineAsync(assignment, cancellationToken);
        if (events.Count == 0)
            throw NoSuch(assignment);
        var timeline = new Timeline(events);
        var unreadable = timeline.UnreadableAsOf(instant, basis);
        if (timeline.AsOf(instant, basis) is not { Change: { } change } standing)
        {
            throw unreadable.Count == 0
                ? NoSuch(assignment, $"It was not there yet at {instant:O}, by the time it was {Words.Of(basis)}.")
                : new ProblemException(
                    Problem.Of(
                        ProblemKind.UnreadableState,
                        $"What it was at {instant:O} cannot be told: of its events up to then these versions cannot be read: {string.Join(", ", unreadable)}.",
                        "Its history says why; the service's operator can look at the stored events."
                    )
                );
        }

        var snapshot = CourseStatusSnapshot.After(assignment.AssignmentId, standing.Version, change);
        return AssignmentView.Of(assignment.Company, snapshot) with
        {
            UnreadableVersions = unreadable.Count > 0 ? unreadable : null,
        };
    }

    private static ProblemException NoSuch(AssignmentReference assignment, string? detail = null) =>
        new(
            Problem.Of(
                ProblemKind.NoSuchAssignment,
                detail ?? $"Company '{assignment.Company}' has no assignment '{assignment.AssignmentId}'.",
                detail is null ? "The id is one segment of the path, percent-encoded once more." : null
            )
        );
}
