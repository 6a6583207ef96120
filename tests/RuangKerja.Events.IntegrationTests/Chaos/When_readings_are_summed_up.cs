namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>What a process held over time, as one line.</summary>
public sealed class When_readings_are_summed_up
{
    [Fact]
    public void Should_tell_the_slope_per_minute_whatever_the_order_of_the_noise()
    {
        // By hand: minutes 0, 1, 2, 3 with 10, 14, 12, 16; the nearest line is 10.6 + 1.6 per minute.
        var trend = Trend.Of([.. new[] { 10.0, 14, 12, 16 }.Select((value, minute) => (Minutes(minute), value))])!;

        (trend.First, trend.Last, trend.Median).ShouldBe((10, 16, 13));
        trend.PerMinute.ShouldBe(1.6, tolerance: 0.0001);
    }

    [Fact]
    public void Should_be_flat_with_one_reading_and_nothing_without() =>
        (Trend.Of([(Minutes(1), 5.0)]), Trend.Of([])).ShouldBe((new Trend(5, 5, 5, 0), null));

    [Fact]
    public void Should_leave_the_first_minute_of_a_life_aside()
    {
        // It grows while it starts, and stays as it is from then on.
        var readings = Enumerable.Range(0, 7).Select(i => new ProcessReading(Minutes(2 + (i * 0.5)), Grown(i), 80));

        var life = new InstanceLife(1, 1, [.. readings]);

        life.Length.ShouldBe(Minutes(3));
        (life.Megabytes!.First, life.Megabytes.PerMinute).ShouldBe((120, 0));

        static double Grown(int reading) => Math.Min(120, 60 * (reading + 1));
    }

    [Fact]
    public void Should_read_what_this_process_holds()
    {
        var reading = ProcessReading.Take(Environment.ProcessId, Minutes(1));

        (reading is { Megabytes: > 10 and < 100_000, Handles: > 3 }).ShouldBe(OperatingSystem.IsLinux(), $"{reading}");
        ProcessReading.Take(int.MaxValue, Minutes(1)).ShouldBeNull("there is no such process");
    }

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
