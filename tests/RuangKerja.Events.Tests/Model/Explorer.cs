using System.Globalization;
using System.Runtime.InteropServices;

namespace RuangKerja.Events.Tests.Model;

/// <summary>What looking at every state came to.</summary>
/// <param name="Counterexample">The shortest way to a broken promise, step by step; null when all are kept.</param>
internal sealed record Exploration(int States, int Ends, string? Counterexample);

/// <summary>Goes every way that things can go, breadth first.</summary>
internal sealed class Explorer(Scenario scenario)
{
    private readonly WriterSteps _writers = new(scenario);
    private readonly DatabaseSteps _database = new(scenario);
    private readonly RelaySteps _relays = new(scenario);

    private readonly Dictionary<World, int> _numbers = [];
    private readonly List<World> _states = [];
    private readonly List<int> _parents = [];
    private readonly List<int> _ends = [];

    // Steps that things can be relied on to go on with: (from, to). Nothing may wait for a fault.
    private readonly List<(int From, int To)> _ways = [];

    public Exploration Run()
    {
        Visit(scenario.Start(), parent: -1);
        for (var i = 0; i < _states.Count; i++)
        {
            if (Promises.Broken(_states[i]) is { } broken)
                return Found(i, broken);

            var goesOn = false;
            foreach (var step in Steps(_states[i]))
            {
                var to = Visit(step.To, parent: i);
                if (step.IsFault)
                    continue;

                goesOn = true;
                _ways.Add((i, to));
            }

            if (goesOn)
                continue;
            if (Promises.Untold(_states[i], scenario.Histories) is { } untold)
                return Found(i, $"{untold} Nothing more happens.");
            _ends.Add(i);
        }

        var stuck = FirstStuck();
        return stuck < 0
            ? new Exploration(_states.Count, _ends.Count, Counterexample: null)
            : Found(stuck, "From here not everything true can ever be told.");
    }

    private IEnumerable<Step> Steps(World world) =>
        TruthMoves(world)
            .Concat(_writers.Of(world))
            .Concat(_database.Of(world))
            .Concat(_relays.Of(world))
            .Concat(FaultSteps.Of(world));

    private IEnumerable<Step> TruthMoves(World world)
    {
        for (var a = 0; a < world.Truth.Count; a++)
        {
            if (world.Truth[a] < scenario.Histories[a].Length)
                yield return new Step(
                    world with
                    {
                        Truth = world.Truth.With(a, world.Truth[a] + 1),
                    },
                    "upstream: changes assignment",
                    a
                );
        }
    }

    private int Visit(World world, int parent)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, world, out var isKnown);
        if (isKnown)
            return number;

        number = _states.Count;
        _states.Add(world);
        _parents.Add(parent);
        return number;
    }

    /// <summary>The first state from which no end can be reached without a fault; -1 when there is none.</summary>
    private int FirstStuck()
    {
        var ways = _ways.ToArray();
        Array.Sort([.. _ways.Select(way => way.To)], ways);
        var first = new int[_states.Count + 1];
        foreach (var way in ways)
            first[way.To + 1]++;
        for (var i = 0; i < _states.Count; i++)
            first[i + 1] += first[i];

        var reaches = new bool[_states.Count];
        var next = new Stack<int>(_ends);
        while (next.TryPop(out var state))
        {
            if (reaches[state])
                continue;

            reaches[state] = true;
            foreach (var (from, _) in ways.AsSpan(first[state]..first[state + 1]))
                next.Push(from);
        }

        return Array.IndexOf(reaches, value: false);
    }

    private Exploration Found(int state, string what)
    {
        var way = new List<string> { what };
        for (var at = state; _parents[at] >= 0; at = _parents[at])
            way.Add(Steps(_states[_parents[at]]).First(step => step.To.Equals(_states[at])).ToString());

        way.Reverse();
        var numbered = way.Select((text, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1, 3}. {text}"));
        return new Exploration(_states.Count, _ends.Count, string.Join('\n', numbered));
    }
}
