namespace RuangKerja.Events.Benchmarks.Figures;

/// <summary>Something that was measured several times.</summary>
/// <param name="Name">What.</param>
/// <param name="Unit">In what.</param>
/// <param name="Values">Each time's; at least one.</param>
/// <param name="Target">What it should be; null for what is measured for context.</param>
internal sealed record Figure(string Name, string Unit, IReadOnlyList<double> Values, Target? Target = null)
{
    public double Smallest => Values.Min();

    public double Largest => Values.Max();

    /// <summary>What a target is held against.</summary>
    public double Median
    {
        get
        {
            var sorted = Values.Order().ToArray();
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }
}
