using RuangKerja.Events.Errors;

namespace RuangKerja.Events.Service.Commands.Errors;

/// <summary>What several commands print of an error queue.</summary>
internal static class ErrorLines
{
    /// <summary>Says how much of it was looked at, and who else may have some of it.</summary>
    public static string LookedAt(ErrorQueueNames names, int lookedAt, int waiting, int consumers) =>
        (
            lookedAt == waiting
                ? $"{waiting} messages in '{names.ErrorQueue}'."
                : $"Looked at {lookedAt} of {waiting} messages in '{names.ErrorQueue}'."
        )
        + (
            consumers > 0
                ? $" Others that consume from it: {consumers}. What they have been handed out is not counted."
                : ""
        );

    /// <summary>Says how many were moved, or would be.</summary>
    public static string Moved(RedriveOrder order, RedriveProgress progress) =>
        order.DryRun ? $"{progress.Moved} would be moved" : $"{progress.Moved} moved";
}
