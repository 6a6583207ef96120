namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>Where a quantity went over time.</summary>
/// <param name="PerMinute">The slope of the straight line nearest to the readings, by least squares.</param>
internal sealed record Trend(double First, double Last, double Median, double PerMinute)
{
    /// <summary>Null without readings; flat with one.</summary>
    public static Trend? Of(IReadOnlyList<(TimeSpan At, double Value)> readings)
    {
        if (readings.Count == 0)
            return null;

        var sorted = readings.Select(reading => reading.Value).Order().ToList();
        var meanMinute = readings.Average(reading => reading.At.TotalMinutes);
        var meanValue = readings.Average(reading => reading.Value);
        var spread = readings.Sum(reading => Math.Pow(reading.At.TotalMinutes - meanMinute, 2));
        var common = readings.Sum(reading => (reading.At.TotalMinutes - meanMinute) * (reading.Value - meanValue));
        return new Trend(
            readings[0].Value,
            readings[^1].Value,
            (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2,
            spread == 0 ? 0 : common / spread
        );
    }
}
