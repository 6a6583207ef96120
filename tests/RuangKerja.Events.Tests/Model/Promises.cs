using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Model;

/// <summary>What the README promises, as it can be told from one state.</summary>
internal static class Promises
{
    /// <summary>Which promise a state breaks; null when none.</summary>
    public static string? Broken(World world)
    {
        for (var a = 0; a < world.Truth.Count; a++)
        {
            var stream = world.Database.Streams[a];
            var taken = world.Broker.Taken[a];

            // What has not changed since was shown, since the watermark has passed it.
            if (world.Truth[a] > 0 && world.Database.Watermark[a] == world.Truth[a] && stream.Seen != world.Truth[a])
                return $"P1: the watermark has passed change {world.Truth[a]} of assignment {a}, and it is not stored.";

            for (var version = 1; version <= stream.Events.Count; version++)
            {
                if (!taken.Contains(version) && !IsQueued(world, a, version))
                    return $"P1: version {version} of assignment {a} is stored, not in the outbox and not at the broker.";
            }

            if (taken.Any(version => version > stream.Events.Count))
                return $"P2: assignment {a} has {stream.Events.Count} events, and the broker has {taken}.";
            if (stream.Events.Zip(stream.Events.Skip(1)).Any(pair => pair.First >= pair.Second))
                return $"P3: the events of assignment {a} tell of the changes {stream.Events}.";
            if (taken.Where((version, i) => version != i + 1).Any())
                return $"P4: the broker has first got the versions {taken} of assignment {a}, in this order.";
        }

        return null;
    }

    /// <summary>What is not told although nothing more will happen; null when everything true was told.</summary>
    public static string? Untold(World world, CourseStatus[][] histories)
    {
        if (world.Database.Outbox.Count > 0)
            return $"P1: the outbox is not empty: {world.Database.Outbox}.";

        for (var a = 0; a < histories.Length; a++)
        {
            var stream = world.Database.Streams[a];
            if (world.Truth[a] != histories[a].Length || stream.Seen != world.Truth[a])
                return $"P1: of assignment {a} change {stream.Seen} was seen last, not {world.Truth[a]}.";
            if (histories[a][stream.Events[^1] - 1] != histories[a][^1])
                return $"P1: the last event of assignment {a} does not tell its status.";
            if (world.Broker.Taken[a].Count != stream.Events.Count)
                return $"P1: assignment {a} has the events {stream.Events}, and the broker {world.Broker.Taken[a]}.";
        }

        return null;
    }

    private static bool IsQueued(World world, int assignment, int version)
    {
        foreach (var row in world.Database.Outbox)
        {
            if (row.Visible && row.Assignment == assignment && row.Version == version)
                return true;
        }

        return false;
    }
}
