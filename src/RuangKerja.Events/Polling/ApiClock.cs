namespace RuangKerja.Events.Polling;

/// <summary>How far the API's clock is from ours, as far as an answer proves it. Pure.</summary>
public static class ApiClock
{
    /// <summary>The <c>Date</c> header leaves out the part of a second.</summary>
    private static readonly TimeSpan LeftOut = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How far it is ahead at least; below zero, how far behind at least. Zero when equal clocks explain the answer as well.
    /// </summary>
    /// <param name="askedAt">By our clock.</param>
    /// <param name="answeredAt">By the API's; null when it did not tell.</param>
    /// <param name="receivedAt">By our clock.</param>
    public static TimeSpan Ahead(DateTimeOffset askedAt, DateTimeOffset? answeredAt, DateTimeOffset receivedAt) =>
        answeredAt is not { } told ? TimeSpan.Zero
        : told > receivedAt ? told - receivedAt
        : told + LeftOut < askedAt ? told + LeftOut - askedAt
        : TimeSpan.Zero;
}
