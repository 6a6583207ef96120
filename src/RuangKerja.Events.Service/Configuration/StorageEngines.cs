using RuangKerja.Events.Storage;
#if MARTEN
using RuangKerja.Events.Marten;
#endif

namespace RuangKerja.Events.Service.Configuration;

/// <summary>The engines this program was built with.</summary>
internal static class StorageEngines
{
    /// <summary>All of them; the first is the default.</summary>
    public static readonly IReadOnlyList<IStorageEngine> All = [
#if MARTEN
        MartenEngine.Instance,
#endif
        NpgsqlEngine.Instance];

    /// <summary>The one that is meant when <c>Storage:Engine</c> is not set.</summary>
    public static IStorageEngine Default => All[0];

    /// <summary>The one of that name; null when this program was not built with it.</summary>
    public static IStorageEngine? Find(string name) =>
        All.FirstOrDefault(engine => engine.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What may be set.</summary>
    public static string Allowed => string.Join(" or ", All.Select(engine => engine.Name));
}
