namespace RuangKerja.Events.Service;

/// <summary>The command line asks for what cannot be; the message says what can.</summary>
public sealed class UsageException(string message) : Exception(message)
{
    /// <summary>Throws one that says all of them; does nothing when there are none.</summary>
    public static void ThrowIfAny(IReadOnlyCollection<string> faults)
    {
        if (faults.Count > 0)
            throw new UsageException(string.Join(Environment.NewLine, faults));
    }
}
