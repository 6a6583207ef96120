using System.Globalization;
using System.Security.Cryptography;

namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>What a run is made of. Equal options plan equal faults.</summary>
/// <param name="Minutes">How long life goes on and faults come, 1 … 1440.</param>
/// <param name="Seed">Of the faults and of the life, 0 or more.</param>
internal sealed record ChaosOptions(int Minutes, int Seed)
{
    public const string Usage = "chaos [--minutes 1…1440] [--seed 0…2147483647]";

    private const int DefaultMinutes = 30;

    /// <summary>What runs this again.</summary>
    public string Command => $"./dev chaos --minutes {Minutes} --seed {Seed}";

    public TimeSpan Duration => TimeSpan.FromMinutes(Minutes);

    /// <summary>From the command line; null when it says something else. Without a seed, one by chance.</summary>
    public static ChaosOptions? Read(IReadOnlyList<string> args)
    {
        var options = new ChaosOptions(DefaultMinutes, RandomNumberGenerator.GetInt32(int.MaxValue));
        for (var i = 0; i < args.Count; i += 2)
        {
            if (
                i + 1 == args.Count
                || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            )
                return null;
            switch (args[i])
            {
                case "--minutes" when value is >= 1 and <= 1440:
                    options = options with { Minutes = value };
                    break;
                case "--seed":
                    options = options with { Seed = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
