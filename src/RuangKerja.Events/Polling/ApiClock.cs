namespace RuangKerja.Events.Polling;

/// <summary>How far the API's clock is from ours, as far as an answer proves it. Pure.</summary>
public static class ApiClock
{
    /// <summary>The <c>Date</c> header leaves out the part of a second.</summary>
    private static readonly TimeSpan LeftOut = TimeSpan.FromSeconds(1);

    /// <summary>A clock that is further off is as wrong as can be, and may tell instants next to which there are no others.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(365);

    /// <summary>
    /// How far it is ahead at least; below zero, how far behind at least. Zero when equal clocks explain the answer as well.
    /// </summary>
    /// <param name="askedAt">By our clock.</param>
    /// <param name="answeredAt">By the API's; null when it did not tell.</param>
    /// <param name="receivedAt">By our clock.</param>
    public static TimeSpan Ahead(DateTimeOffset askedAt, DateTimeOffset? answeredAt, DateTimeOffset receivedAt) =>
        answeredAt is { } told ? Difference(askedAt, Bounded(told, receivedAt), receivedAt) : TimeSpan.Zero;

    /// <summary>
    /// When an answer was asked for, which is how old it may be, by the clock that is behind: the one that is ahead may be
    /// wrong.
    /// </summary>
    /// <param name="answeredAt">By the API's clock; null when it did not tell.</param>
    /// <param name="receivedAt">By our clock.</param>
    /// <param name="took">How long it took, by no wall clock: ours may have been set meanwhile.</param>
    public static DateTimeOffset AskedAt(DateTimeOffset? answeredAt, DateTimeOffset receivedAt, TimeSpan took) =>
        answeredAt is { } told && told < receivedAt ? Bounded(told, receivedAt) - took : receivedAt - took;

    private static DateTimeOffset Bounded(DateTimeOffset told, DateTimeOffset ours) =>
        told > ours + Furthest ? ours + Furthest
        : told < ours - Furthest ? ours - Furthest
        : told;

    private static TimeSpan Difference(DateTimeOffset askedAt, DateTimeOffset told, DateTimeOffset receivedAt) =>
        told > receivedAt ? told - receivedAt
        : told + LeftOut < askedAt ? told + LeftOut - askedAt
        : TimeSpan.Zero;
}
