using System.Runtime.InteropServices;

namespace RuangKerja.Events.Benchmarks;

/// <summary>What the figures were taken on, without names.</summary>
internal static class Machine
{
    private const double Gigabyte = 1024.0 * 1024 * 1024;

    public static string Describe()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gigabyte;
        var today = TimeProvider.System.GetUtcNow();
        return $"{Environment.ProcessorCount} cores, {memory:F0} GB, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}, {today:yyyy-MM-dd}";
    }

    /// <summary>The system's load over the last minute; a question mark where it does not tell.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
}
