using RuangKerja.Events.Benchmarks.Figures;

namespace RuangKerja.Events.Benchmarks;

/// <summary>One thing that is measured.</summary>
internal interface IBenchmark
{
    /// <summary>What it is asked for by: one word.</summary>
    string Name { get; }

    /// <summary>What is measured, and how.</summary>
    string About { get; }

    /// <summary>Measures; takes seconds to minutes.</summary>
    Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken);
}
