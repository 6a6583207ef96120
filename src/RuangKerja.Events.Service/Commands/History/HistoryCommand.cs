using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Commands.History;

/// <summary><c>history</c>: how assignments came to be what they are, and what they were at an instant.</summary>
internal sealed class HistoryCommand(CommandContext context, OutputFormat output)
{
    /// <summary>So many assignments are shown at most: an employee has a few, a course may have thousands.</summary>
    public const int Most = 1_000;

    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var arguments = new HistoryArguments();
        var output = Output.CreateOption();
        var command = new Command(
            "history",
            "Show the timelines of an employee's assignments, of a course's, or of one assignment; or what they were at an "
                + "instant (--as-of)."
        )
        {
            output,
        };
        foreach (var option in arguments.Options)
            command.Add(option);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    async () =>
                    {
                        var companies = CompanyArgument.Configured(context.ReadConfiguration(parsed));
                        var question = arguments.Read(parsed, companies);
                        await using var services = context.BuildStorageServices(context.Reader(parsed).ReadStorage());
                        return await new HistoryCommand(context, parsed.GetValue(output)).RunAsync(
                            services.GetRequiredService<IEventHistory>(),
                            question,
                            cancellationToken
                        );
                    },
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work.</summary>
    public async Task<ExitCode> RunAsync(
        IEventHistory history,
        HistoryQuestion question,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(history, question, cancellationToken);
        if (found.Count == 0)
            throw new UsageException("No such assignment is stored. 'events' shows what is.");
        if (found.Count == Most)
            await context.Error.WriteLineAsync(
                $"Only the first {Most} assignments are shown; name an employee or a course."
            );

        var timelines = new List<(StoredAssignment Now, Timeline Timeline)>();
        foreach (var assignment in found)
        {
            var reference = new AssignmentReference(assignment.Company, new AssignmentId(assignment.Snapshot.Id));
            timelines.Add((assignment, new Timeline(await history.ReadTimelineAsync(reference, cancellationToken))));
        }

        var shown = new HistoryOutput(context, output);
        if (question.AsOf is { } instant)
            shown.WriteStates(timelines, instant, question.Basis);
        else
            shown.WriteTimelines(timelines);
        return ExitCode.Ok;
    }

    private static async Task<IReadOnlyList<StoredAssignment>> FindAsync(
        IEventHistory history,
        HistoryQuestion question,
        CancellationToken cancellationToken
    )
    {
        if (question.Assignment is not { } id)
            return await history.ListAssignmentsAsync(question.Filter, after: null, Most, cancellationToken);

        var found = new List<StoredAssignment>();
        foreach (var company in question.Filter.Companies)
        {
            var reference = new AssignmentReference(company, id);
            if (await history.ReadAssignmentAsync(reference, cancellationToken) is { } assignment)
                found.Add(assignment);
        }

        return found;
    }
}
