using RuangKerja.Events.Storage;
#if MARTEN
using RuangKerja.Events.Marten;
#endif

namespace RuangKerja.Events.Benchmarks.Storage;

/// <summary>The engines of this build.</summary>
internal static class MeasuredEngines
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<IStorageEngine> All =
    [
        NpgsqlEngine.Instance,
#if MARTEN
        MartenEngine.Instance,
#endif
    ];
}
