namespace RuangKerja.Events.Errors;

/// <summary>What an error queue is opened for, and how many messages are held at once for that. Pure.</summary>
/// <param name="Operation">What is being done, for errors.</param>
/// <param name="Moves">Whether messages are moved, so that the subscriber's own queue is needed.</param>
internal sealed record ErrorQueueUse(string Operation, bool Moves)
{
    /// <summary>
    /// So many are on their way at once. The broker puts off what it is told to take out of a quorum queue when that is more than 32
    /// at once, and forgets it when the channel ends.
    /// </summary>
    public const int MostSent = 16;

    // So many are held at once to be given back; what is left beyond them is copied.
    private const int MostHeld = 2_000;

    // RabbitMQ ends a consumer that has held a message for 30 minutes.
    private const int MostSecondsAhead = 600;
    private const int MostSecondsHeld = 900;

    /// <summary>So many are looked at, from the first one on.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Whether some of those that are looked at stay.</summary>
    public bool Chooses { get; init; }

    /// <summary>So many are moved a second at most.</summary>
    public int PerSecond { get; init; } = int.MaxValue;

    /// <summary>So many are handed out at most, unless copies must be made of what is behind them too.</summary>
    public int Bound(int waiting) => Moves ? Math.Min(waiting, Most) : waiting;

    /// <summary>So many are handed out ahead.</summary>
    /// <param name="bound">So many are handed out in all.</param>
    public int Prefetch(int bound)
    {
        var most = Math.Min(bound, MostHeld + MostSent);
        // Something must come in beside what is held.
        return Moves
            ? (int)Math.Min(most, (long)PerSecond * MostSecondsAhead)
            : (int)Math.Min(most, Math.Max(Most, MostSent) + (long)MostSent);
    }

    /// <summary>So many may be held while more are to come.</summary>
    public int Held(int waiting)
    {
        var (bound, ahead) = (Bound(waiting), Prefetch(Bound(waiting)));
        if (Moves && Chooses && waiting > (long)PerSecond * MostSecondsHeld)
            return 0;
        return ahead == bound ? ahead : ahead - MostSent;
    }
}
