using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;

namespace RuangKerja.Events.Errors;

/// <summary>What an operator is told of an error queue.</summary>
/// <param name="Waiting">How many messages were in it.</param>
/// <param name="LookedAt">How many of them were looked at: the first ones.</param>
public sealed record FaultSurvey(int Waiting, int LookedAt, IReadOnlyList<FaultGroup> Groups)
{
    /// <summary>How many others consumed from it: what they hold is not among the waiting ones, and may be all there is.</summary>
    public int Consumers { get; init; }
}

/// <summary>Single messages of an error queue.</summary>
/// <inheritdoc cref="FaultSurvey" />
public sealed record FaultsFound(int Waiting, int LookedAt, IReadOnlyList<FaultedMessage> Messages)
{
    /// <inheritdoc cref="FaultSurvey.Consumers" />
    public int Consumers { get; init; }
}

/// <summary>What is to be moved, and how fast.</summary>
/// <param name="Most">So many at most.</param>
/// <param name="PerSecond">So many a second at most, 1 …</param>
/// <param name="DryRun">Whether all remains where it is, and is only counted.</param>
public sealed record RedriveOrder(FaultChoice Choice, int Most, int PerSecond, bool DryRun);

/// <summary>How far a redrive is.</summary>
/// <param name="Waiting">How many messages were in the error queue when it began.</param>
/// <param name="LookedAt">How many of them were looked at.</param>
/// <param name="Moved">How many were moved: the subscriber's queue has them for certain. In a dry run, how many would be.</param>
public sealed record RedriveProgress(int Waiting, int LookedAt, int Moved)
{
    /// <inheritdoc cref="FaultSurvey.Consumers" />
    public int Consumers { get; init; }
}

/// <summary>What an operator does with the messages that a subscriber of MassTransit 8 could not handle.</summary>
public sealed class ErrorDesk(RelayOptions options, BrokerCredentials credentials, TimeProvider time)
{
    /// <summary>Counts by exception what the first messages failed with; all remains as it is.</summary>
    /// <param name="names">Whose queue, and which one beside it.</param>
    /// <param name="most">How many are looked at.</param>
    /// <exception cref="BrokerException">The broker could not be used.</exception>
    /// <exception cref="MissingQueueException">There is no such queue.</exception>
    public async Task<FaultSurvey> SurveyAsync(ErrorQueueNames names, int most, CancellationToken cancellationToken)
    {
        var groups = new FaultGroups();
        await using var errors = await OpenAsync(names, Use("Looking into", names, most), cancellationToken);
        var lookedAt = await LookAsync(errors, most, message => AddTo(groups, message), cancellationToken);
        return new FaultSurvey(errors.Waiting, lookedAt, groups.ToList()) { Consumers = errors.Consumers };
    }

    /// <summary>Finds the first messages that are meant; all remains as it is.</summary>
    /// <param name="names">Whose queue, and which one beside it.</param>
    /// <param name="most">How many are looked for.</param>
    /// <inheritdoc cref="SurveyAsync" path="/exception" />
    public async Task<FaultsFound> FindAsync(
        ErrorQueueNames names,
        FaultChoice choice,
        int most,
        CancellationToken cancellationToken
    )
    {
        var found = new List<FaultedMessage>();
        var use = Use("Looking into", names, choice.IsAny ? most : int.MaxValue);
        await using var errors = await OpenAsync(names, use, cancellationToken);
        var lookedAt = await LookAsync(errors, int.MaxValue, IsEnough, cancellationToken);
        return new FaultsFound(errors.Waiting, lookedAt, found) { Consumers = errors.Consumers };

        bool IsEnough(FaultedMessage message)
        {
            if (choice.Includes(message))
                found.Add(message);
            return found.Count == most;
        }
    }

    /// <summary>
    /// Moves messages back to the subscriber's queue, as they were published: each is confirmed there before it is taken out of the
    /// error queue. Only what waited at the beginning is looked at: what fails again does not go round.
    /// </summary>
    /// <param name="names">Whose queue, and which one beside it.</param>
    /// <param name="watch">Is told how far it is; of a redrive that is ended by an error, too.</param>
    /// <inheritdoc cref="SurveyAsync" path="/exception" />
    public async Task RedriveAsync(
        ErrorQueueNames names,
        RedriveOrder order,
        Action<RedriveProgress> watch,
        CancellationToken cancellationToken
    )
    {
        var use = Use("Redriving", names, order.Choice.IsAny ? order.Most : int.MaxValue) with
        {
            Moves = true,
            Chooses = !order.Choice.IsAny,
            PerSecond = order.DryRun ? int.MaxValue : order.PerSecond,
        };
        var errors = await OpenAsync(names, use, cancellationToken);
        var redrive = new Redrive(errors, use.Operation, order, watch, new ReplayRate(order.PerSecond), time);
        try
        {
            await redrive.RunAsync(cancellationToken);
        }
        finally
        {
            try
            {
                await errors.DisposeAsync();
            }
            finally
            {
                redrive.Tell();
            }
        }
    }

    private static bool AddTo(FaultGroups groups, FaultedMessage message)
    {
        groups.Add(message);
        return false;
    }

    private static async Task<int> LookAsync(
        ErrorQueue errors,
        int most,
        Func<FaultedMessage, bool> isEnough,
        CancellationToken cancellationToken
    )
    {
        var lookedAt = 0;
        while (lookedAt < most && await errors.TakeAsync(cancellationToken) is { } delivery)
        {
            lookedAt++;
            var enough = isEnough(FaultedMessageReader.Read(delivery.Properties, delivery.Body));
            await errors.LeaveAsync(delivery);
            if (enough)
                break;
        }

        await errors.FinishAsync();
        return lookedAt;
    }

    private static ErrorQueueUse Use(string doing, ErrorQueueNames names, int most) =>
        new($"{doing} queue '{names.ErrorQueue}'", Moves: false) { Most = most };

    private Task<ErrorQueue> OpenAsync(ErrorQueueNames names, ErrorQueueUse use, CancellationToken cancellationToken) =>
        ErrorQueue.OpenAsync(options, credentials, names, use, time, cancellationToken);
}
