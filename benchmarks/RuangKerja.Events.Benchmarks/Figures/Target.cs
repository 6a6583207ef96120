namespace RuangKerja.Events.Benchmarks.Figures;

/// <summary>What a figure should be.</summary>
/// <param name="Limit">In the figure's unit.</param>
/// <param name="IsLeast">Whether it should be no less; else no more.</param>
internal sealed record Target(double Limit, bool IsLeast)
{
    public static Target AtLeast(double limit) => new(limit, IsLeast: true);

    public static Target AtMost(double limit) => new(limit, IsLeast: false);

    public bool IsMet(double value) => IsLeast ? value >= Limit : value <= Limit;
}
