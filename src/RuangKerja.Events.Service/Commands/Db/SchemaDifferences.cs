using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands.Db;

/// <summary>Prints where tables differ from what they should be, and what to do.</summary>
internal static class SchemaDifferences
{
    /// <summary>Prints them for people.</summary>
    public static async Task WriteDifferencesAsync(
        this CommandContext context,
        string schema,
        IReadOnlyList<SchemaDifference> differences
    )
    {
        var points = differences.Count == 1 ? "1 point" : $"{differences.Count} points";
        await context.Out.WriteLineAsync($"Schema '{schema}' differs in {points}:");
        foreach (var difference in differences)
            await context.Out.WriteLineAsync($"  {difference.Text}");
        if (differences.Any(difference => !difference.IsMendedByApply))
            await context.Out.WriteLineAsync(
                "'db apply' repairs only what says so. For the rest restore the tables from a backup, or repair them by hand to match."
            );
    }
}
