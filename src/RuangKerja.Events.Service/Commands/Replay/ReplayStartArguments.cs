using System.CommandLine;
using System.Text.Json;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Commands.History;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary>The options that say what is to be replayed, and where to.</summary>
internal sealed class ReplayStartArguments
{
    // Of two versions of one assignment nobody can say which is meant.
    private static readonly JsonSerializerOptions OnceEach = new() { AllowDuplicateProperties = false };

    private readonly FilterArguments _filter = new();
    private readonly Option<string> _queue = new("--queue")
    {
        Description = "The queue they go to, and no other. It exists, and Replay:AllowedQueues allows it.",
        Required = true,
    };
    private readonly Option<int?> _rate = new("--rate")
    {
        Description = "At most so many messages a second. Default: Replay:MaxRate.",
    };
    private readonly Option<string?> _versions = new("--have-versions")
    {
        Description =
            "Only what is missing: a JSON file with the highest version by assignment id up to which the subscriber has "
            + "everything.",
        HelpName = "file",
    };
    private readonly Option<string?> _events = new("--have-events")
    {
        Description = "Only what is missing: a file with the ids of events that the subscriber has, one a line.",
        HelpName = "file",
    };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> Options => [_queue, .. _filter.Options, _rate, _versions, _events];

    /// <summary>Reads them.</summary>
    /// <param name="configured">The companies there are.</param>
    /// <exception cref="UsageException">Something is wrong with them; the message says all of it.</exception>
    public ReplayRequest Read(CommandContext context, ParseResult parsed, IReadOnlyList<string> configured)
    {
        var faults = new List<string>();
        var filter = _filter.Read(parsed, configured, faults);
        var versions = ReadFile(context, _versions, parsed, Versions, faults) ?? [];
        var ids = ReadFile(context, _events, parsed, Ids, faults) ?? [];
        UsageException.ThrowIfAny(faults);
        var missingOnly = parsed.GetValue(_versions) is not null || parsed.GetValue(_events) is not null;
        return new ReplayRequest
        {
            Destination = parsed.GetRequiredValue(_queue),
            Rate = parsed.GetValue(_rate),
            RequestedBy = context.User,
            Door = ReplayDoor.CommandLine,
            Filter = filter with { Held = missingOnly ? new HeldEvents { Versions = versions, EventIds = ids } : null },
        };
    }

    private static T? ReadFile<T>(
        CommandContext context,
        Option<string?> option,
        ParseResult parsed,
        Func<string, List<string>, T?> read,
        List<string> faults
    )
        where T : class
    {
        if (parsed.GetValue(option) is not { } path)
            return null;

        var found = new List<string>();
        T? value = null;
        try
        {
            value = read(context.ReadFile(path), found);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            found.Add(error.Message);
        }

        faults.AddRange(found.Select(fault => $"{option.Name} '{path}': {fault}"));
        return value;
    }

    private static Dictionary<AssignmentId, long>? Versions(string text, List<string> faults)
    {
        try
        {
            var versions =
                JsonSerializer.Deserialize<Dictionary<string, long>>(text, OnceEach)
                ?? throw new JsonException("It is null.");
            return versions.ToDictionary(entry => new AssignmentId(entry.Key), entry => entry.Value);
        }
        catch (JsonException error)
        {
            faults.Add(
                $$"""it is no JSON object such as { "an assignment id": 3 }, each id once ({{error.Message}})"""
            );
            return null;
        }
    }

    private static List<Guid>? Ids(string text, List<string> faults)
    {
        var ids = new List<Guid>();
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        for (var line = 0; line < lines.Length; line++)
        {
            if (lines[line].Length == 0)
                continue;
            if (!Guid.TryParse(lines[line], out var id))
            {
                // The first is enough: a file of another kind is wrong in every line.
                faults.Add($"line {line + 1} is no event id, such as 5f0c4a52-7d43-4c3e-9a0f-5b3a3d1f9a11.");
                return null;
            }

            ids.Add(id);
        }

        return ids;
    }
}
