namespace RuangKerja.Events.Service.Configuration;

/// <summary>The configuration cannot be used. The message lists every fault, one a line.</summary>
public sealed class ConfigurationException(IReadOnlyList<ConfigurationFault> faults) : Exception(Text(faults))
{
    /// <summary>Everything that is wrong; at least one.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; } = faults;

    private static string Text(IReadOnlyList<ConfigurationFault> faults) =>
        string.Join(
            Environment.NewLine,
            [
                faults.Count == 1 ? "The configuration has a fault:" : $"The configuration has {faults.Count} faults:",
                .. faults.Select(fault => $"  {fault}"),
            ]
        );
}
