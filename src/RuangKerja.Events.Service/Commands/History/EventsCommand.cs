using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Commands.History;

/// <summary>
/// <c>events</c>: prints stored events in order, and with <c>--follow</c> goes on with what is stored. None is missed: it
/// stops below whatever may still appear with a lower sequence.
/// </summary>
internal sealed class EventsCommand(CommandContext context, OutputFormat output)
{
    private const int PageSize = 500;

    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FollowIntervalInTrouble = TimeSpan.FromSeconds(5);

    private long _position;
    private long _left;

    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var filter = new FilterArguments();
        var after = new Option<long>("--after")
        {
            Description = "Those above this sequence: where the last run ended.",
        };
        var limit = new Option<long?>("--limit") { Description = "At most so many. Default: all." };
        var follow = new Option<bool>("--follow")
        {
            Description = "Go on with what is stored from now on, until stopped.",
        };
        var output = Output.CreateOption();
        output.Description = "Lines for people (table), or one JSON object a line, as subscribers get it (json).";
        var command = new Command(
            "events",
            "Print stored events in the order of their sequence, each once. Events that are held for an operator are waited "
                + "for with --follow; discarded ones are not shown."
        )
        {
            after,
            limit,
            follow,
            output,
        };
        foreach (var option in filter.Options)
            command.Add(option);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    async () =>
                    {
                        var faults = new List<string>();
                        var meant = filter.Read(
                            parsed,
                            CompanyArgument.Configured(context.ReadConfiguration(parsed)),
                            faults
                        );
                        if (parsed.GetValue(limit) is < 1)
                            faults.Add($"{limit.Name} {parsed.GetValue(limit)}: 1 or more is allowed.");
                        if (parsed.GetValue(follow) && (meant.CourseName ?? meant.CourseSerial) is not null)
                            faults.Add(
                                $"{follow.Name} does not go with a course: which course an assignment is of may become known after "
                                    + "its events were printed, and they would be missed. Leave one of the two out, or use "
                                    + "'replay start'."
                            );
                        UsageException.ThrowIfAny(faults);
                        await using var services = context.BuildStorageServices(context.Reader(parsed).ReadStorage());
                        return await new EventsCommand(context, parsed.GetValue(output)).RunAsync(
                            services.GetRequiredService<IEventHistory>(),
                            meant,
                            parsed.GetValue(after),
                            parsed.GetValue(limit) ?? long.MaxValue,
                            parsed.GetValue(follow),
                            cancellationToken
                        );
                    },
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work.</summary>
    /// <param name="follow">A database that goes away is then waited for; a stop is the normal end.</param>
    public async Task<ExitCode> RunAsync(
        IEventHistory history,
        EventFilter filter,
        long after,
        long limit,
        bool follow,
        CancellationToken cancellationToken
    )
    {
        (_position, _left) = (after, limit);
        try
        {
            while (true)
            {
                var isThere = await TryPrintAsync(history, filter, follow, cancellationToken);
                if (!follow || _left <= 0)
                    break;
                await Task.Delay(isThere ? FollowInterval : FollowIntervalInTrouble, context.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (follow && cancellationToken.IsCancellationRequested) { }

        return ExitCode.Ok;
    }

    /// <summary>Prints what there is up to the horizon; false when the database went away in the middle and is waited for.</summary>
    private async Task<bool> TryPrintAsync(
        IEventHistory history,
        EventFilter filter,
        bool follow,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var horizon = await history.ReadFeedHorizonAsync(filter.Companies, cancellationToken);
            while (_left > 0 && _position < horizon)
                await PrintPageAsync(history, filter, horizon, cancellationToken);
            return true;
        }
        catch (StorageException away) when (follow && away.Kind == StorageFailureKind.Unavailable)
        {
            await context.Error.WriteLineAsync($"Waits for the database. {away.Message}");
            return false;
        }
    }

    /// <summary>Prints a page whole or, when it cannot be read, nothing of it: what is read again comes once.</summary>
    private async Task PrintPageAsync(
        IEventHistory history,
        EventFilter filter,
        long horizon,
        CancellationToken cancellationToken
    )
    {
        var size = (int)Math.Min(PageSize, _left);
        var found = await history.FindAsync(filter, _position, horizon, size, cancellationToken);
        foreach (var stored in await history.ReadAsync(found, cancellationToken))
            context.Out.WriteLine(EventLines.Line(stored, output));
        await context.Out.FlushAsync(cancellationToken);
        _left -= found.Count;
        // A short page was all of it up to the horizon.
        _position = found.Count < size ? horizon : found[^1];
    }
}
