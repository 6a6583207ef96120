namespace RuangKerja.Simulator.People;

/// <summary>Makes serials in the upstream's manner, never one twice.</summary>
internal sealed class SerialMint(Random random)
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private readonly HashSet<string> _made = [];

    public string Make(string prefix)
    {
        while (true)
        {
            var serial = $"{prefix}-{new string(random.GetItems<char>(Letters, 8))}";
            if (_made.Add(serial))
                return serial;
        }
    }
}
