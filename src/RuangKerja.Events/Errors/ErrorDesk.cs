using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;

namespace RuangKerja.Events.Errors;

/// <summary>What an operator is told of an error queue.</summary>
/// <param name="Waiting">How many messages were in it.</param>
/// <param name="LookedAt">How many of them were looked at: the first ones.</param>
public sealed record FaultSurvey(int Waiting, int LookedAt, IReadOnlyList<FaultGroup> Groups);

/// <summary>Single messages of an error queue.</summary>
/// <inheritdoc cref="FaultSurvey" />
public sealed record FaultsFound(int Waiting, int LookedAt, IReadOnlyList<FaultedMessage> Messages);

/// <summary>What is to be moved, and how fast.</summary>
/// <param name="Most">So many at most.</param>
/// <param name="PerSecond">So many a second at most, 1 …</param>
/// <param name="DryRun">Whether all remains where it is, and is only counted.</param>
public sealed record RedriveOrder(FaultChoice Choice, int Most, int PerSecond, bool DryRun);

/// <summary>How far a redrive is.</summary>
/// <param name="Waiting">How many messages were in the error queue when it began.</param>
/// <param name="LookedAt">How many of them were looked at.</param>
/// <param name="Moved">How many were moved: the subscriber's queue has them for certain. In a dry run, how many would be.</param>
public sealed record RedriveProgress(int Waiting, int LookedAt, int Moved);

/// <summary>What an operator does with the messages that a subscriber of MassTransit 8 could not handle. They are in <c>{queue}_error</c>.</summary>
public sealed class ErrorDesk(RelayOptions options, BrokerCredentials credentials, TimeProvider time)
{
    /// <summary>Counts by exception what the first messages failed with; all remains as it is.</summary>
    /// <param name="queue">The subscriber's queue.</param>
    /// <param name="most">How many are looked at.</param>
    /// <exception cref="BrokerException">The broker could not be used.</exception>
    /// <exception cref="MissingQueueException">There is no such queue.</exception>
    public async Task<FaultSurvey> SurveyAsync(string queue, int most, CancellationToken cancellationToken)
    {
        var groups = new FaultGroups();
        var (waiting, lookedAt) = await LookAsync(queue, most, message => AddTo(groups, message), cancellationToken);
        return new FaultSurvey(waiting, lookedAt, groups.ToList());
    }

    /// <summary>Finds the first messages that are meant; all remains as it is.</summary>
    /// <param name="queue">The subscriber's queue.</param>
    /// <param name="most">How many are looked for.</param>
    /// <inheritdoc cref="SurveyAsync" path="/exception" />
    public async Task<FaultsFound> FindAsync(
        string queue,
        FaultChoice choice,
        int most,
        CancellationToken cancellationToken
    )
    {
        var found = new List<FaultedMessage>();
        var (waiting, lookedAt) = await LookAsync(queue, int.MaxValue, IsEnough, cancellationToken);
        return new FaultsFound(waiting, lookedAt, found);

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
    /// <param name="queue">The subscriber's queue.</param>
    /// <param name="watch">Is told how far it is; of a redrive that is ended by an error, too.</param>
    /// <inheritdoc cref="SurveyAsync" path="/exception" />
    public async Task RedriveAsync(
        string queue,
        RedriveOrder order,
        Action<RedriveProgress> watch,
        CancellationToken cancellationToken
    )
    {
        var errors = await OpenAsync(queue, int.MaxValue, "Redriving", moves: true, cancellationToken);
        var redrive = new Redrive(errors, order, watch, new ReplayRate(order.PerSecond), time);
        try
        {
            await redrive.RunAsync(cancellationToken);
        }
        finally
        {
            await errors.DisposeAsync();
            redrive.Tell();
        }
    }

    private static bool AddTo(FaultGroups groups, FaultedMessage message)
    {
        groups.Add(message);
        return false;
    }

    private async Task<(int Waiting, int LookedAt)> LookAsync(
        string queue,
        int most,
        Func<FaultedMessage, bool> isEnough,
        CancellationToken cancellationToken
    )
    {
        await using var errors = await OpenAsync(queue, most, "Looking into", moves: false, cancellationToken);
        var lookedAt = 0;
        while (await errors.TakeAsync(cancellationToken) is { } delivery)
        {
            lookedAt++;
            var enough = isEnough(FaultedMessageReader.Read(delivery.Properties, delivery.Body));
            await errors.LeaveAsync(delivery);
            if (enough)
                break;
        }

        await errors.SettleAsync();
        return (errors.AllWaiting, lookedAt);
    }

    private Task<ErrorQueue> OpenAsync(
        string queue,
        int most,
        string doing,
        bool moves,
        CancellationToken cancellationToken
    )
    {
        var names = new ErrorQueueNames(queue);
        var operation = $"{doing} queue '{names.ErrorQueue}'";
        return ErrorQueue.OpenAsync(options, credentials, names, most, moves, operation, time, cancellationToken);
    }
}
