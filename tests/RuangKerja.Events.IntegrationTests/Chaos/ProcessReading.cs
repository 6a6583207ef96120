using System.Globalization;

namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>What one process held at one moment.</summary>
/// <param name="At">From the start of the run.</param>
/// <param name="Megabytes">Resident memory, in MiB.</param>
/// <param name="Handles">Open files and sockets.</param>
internal sealed record ProcessReading(TimeSpan At, double Megabytes, int Handles)
{
    private const string Resident = "VmRSS:";

    /// <summary>From <c>/proc</c>; null when the process has gone, or where there is no such folder.</summary>
    public static ProcessReading? Take(int processId, TimeSpan at)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(text => text.StartsWith(Resident, StringComparison.Ordinal));
            if (line is null)
                return null;

            var kilobytes = double.Parse(line[Resident.Length..].Replace("kB", ""), CultureInfo.InvariantCulture);
            return new ProcessReading(
                at,
                kilobytes / 1024,
                Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd").Count()
            );
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
