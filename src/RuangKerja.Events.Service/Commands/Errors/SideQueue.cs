namespace RuangKerja.Events.Service.Commands.Errors;

/// <summary>A queue beside a subscriber's own.</summary>
/// <param name="Queue">The subscriber's own.</param>
/// <param name="IsDead">Whether it holds what the broker has handed out too often; otherwise what no attempt could handle.</param>
internal sealed record SideQueue(string Queue, bool IsDead)
{
    public const string Failed = "_error";
    public const string Dead = "_dead";

    private string Name => Queue + (IsDead ? Dead : Failed);

    /// <summary>Says how much of it was looked at, and who else may have some of it.</summary>
    public string LookedAt(int lookedAt, int waiting, int consumers) =>
        (
            lookedAt == waiting
                ? $"{waiting} messages in '{Name}'."
                : $"Looked at {lookedAt} of {waiting} messages in '{Name}'."
        )
        + (
            consumers > 0
                ? $" Others that consume from it: {consumers}. What they have been handed out is not counted."
                : ""
        );
}
