using RuangKerja.Simulator;

namespace RuangKerja.Events.Service.Commands;

/// <summary>Tells faults of a simulator's options by the names they have on the command line.</summary>
internal static class SimulatorArguments
{
    /// <summary>The members that can be given, each with its option.</summary>
    private static readonly IReadOnlyList<(string Member, string Option)> Names =
    [
        (nameof(SimulatorOptions.Seed), "--seed"),
        (nameof(SimulatorOptions.Employees), "--employees"),
        (nameof(SimulatorOptions.AssignmentsPerEmployee), "--assignments-per-employee"),
        (nameof(SimulatorOptions.Courses), "--courses"),
        (nameof(SimulatorOptions.SameNamedCourses), "--same-named-courses"),
        (nameof(SimulatorOptions.TransitionsPerMinute), "--rate"),
        (nameof(SimulatorOptions.TouchShare), "--touch-share"),
        (nameof(SimulatorOptions.WindowEnds), "--window-ends"),
        (nameof(SimulatorOptions.MinimumDwell), "--min-dwell"),
        (nameof(SimulatorOptions.History), "--history"),
    ];

    /// <summary>Passes when the options are within their ranges.</summary>
    /// <exception cref="UsageException">They are not; the message says all that is wrong.</exception>
    public static void ThrowIfFaulty(this SimulatorOptions options)
    {
        if (options.Faults() is { Count: > 0 } faults)
            throw new UsageException(string.Join(Environment.NewLine, faults.Select(OnCommandLine)));
    }

    private static string OnCommandLine(string fault) =>
        Names
            .Aggregate(
                fault,
                (text, name) =>
                    text.StartsWith($"{name.Member}: ", StringComparison.Ordinal)
                        ? name.Option + text[name.Member.Length..]
                        : text
            )
            .Replace($" {nameof(SimulatorOptions.Courses)} (", " --courses (", StringComparison.Ordinal);
}
