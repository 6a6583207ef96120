using System.CommandLine;

namespace RuangKerja.Events.Service.Commands.Quarantine;

/// <summary>What the commands of the quarantine have in common.</summary>
internal static class QuarantineArguments
{
    /// <summary>The rows by id.</summary>
    public static Argument<long[]> CreateIds() =>
        new("ids")
        {
            Description = "The rows, by the ids that 'quarantine list' shows.",
            Arity = ArgumentArity.ZeroOrMore,
        };

    /// <summary>The option <c>--all</c>.</summary>
    public static Option<bool> CreateAll() => new("--all") { Description = "All rows of the company." };

    /// <summary>The ids given; null for all rows.</summary>
    /// <exception cref="UsageException">Neither or both were asked for.</exception>
    public static IReadOnlyCollection<long>? ReadIds(long[]? ids, bool all) =>
        (ids is { Length: > 0 }, all) switch
        {
            (true, false) => ids,
            (false, true) => null,
            _ => throw new UsageException("Name the rows by their ids, or all of them with --all."),
        };
}
