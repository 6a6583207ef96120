namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>One process of the service from its start to its end.</summary>
internal sealed record InstanceLife(int Instance, int Life, IReadOnlyList<ProcessReading> Readings)
{
    // What a process takes while it starts tells nothing of where it goes.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1);

    public TimeSpan Length => Readings.Count == 0 ? TimeSpan.Zero : Readings[^1].At - Readings[0].At;

    public Trend? Megabytes => Trend.Of([.. Settled.Select(reading => (reading.At, reading.Megabytes))]);

    public Trend? Handles => Trend.Of([.. Settled.Select(reading => (reading.At, (double)reading.Handles))]);

    private IEnumerable<ProcessReading> Settled => Readings.Where(reading => reading.At - Readings[0].At >= WarmUp);
}
