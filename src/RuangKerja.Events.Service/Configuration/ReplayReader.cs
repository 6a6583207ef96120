using RuangKerja.Events.Replay;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Reads the section <c>Replay</c>.</summary>
internal static class ReplayReader
{
    private const string Queues = "Replay:AllowedQueues";
    private const string Form = "names of queues, in which * stands for any letters, separated by ';'";

    // What the broker takes as a queue's name.
    private const int LongestName = 255;

    public static ReplayOptions Read(Settings settings)
    {
        var defaults = new ReplayOptions();
        return new ReplayOptions
        {
            AllowedQueues = AllowedQueues(settings),
            MaxRate = settings.WholeNumber("Replay:MaxRate", least: 1, most: 100_000, defaults.MaxRate),
            Parallelism = settings.WholeNumber("Replay:Parallelism", least: 0, most: 16, defaults.Parallelism),
        };
    }

    private static string[] AllowedQueues(Settings settings)
    {
        if (settings.Text(Queues) is not { } text)
            return [];

        var patterns = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var wrong in patterns.Where(pattern => pattern.Length > LongestName))
            settings.Refuse(Queues, $"'{wrong}', of {wrong.Length} letters", $"{Form}; {LongestName} letters at most");
        if (patterns.Length == 0)
            settings.Refuse(Queues, $"'{text}'", Form);
        return patterns;
    }
}
