using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Service.Commands.Demo;

/// <summary>What the samples owe for what truly happened. Pure.</summary>
/// <param name="Certificates">One for each completion.</param>
/// <param name="Mails">
/// One for each assignment, completion, failure, expiry and reopening; of what learners have just done themselves the sample
/// tells nothing by default.
/// </param>
public sealed record DemoDue(long Certificates, long Mails)
{
    /// <summary>Counts what is owed.</summary>
    public static DemoDue Of(IReadOnlyCollection<LedgerEntry> lived) =>
        new(lived.Count(entry => entry.To == UpstreamStatus.Completed), lived.Count(IsMailed));

    private static bool IsMailed(LedgerEntry entry) =>
        entry.To switch
        {
            UpstreamStatus.NotStarted => entry.From is null || IsEnd(entry.From),
            UpstreamStatus.InProgress => IsEnd(entry.From),
            _ => true,
        };

    private static bool IsEnd(UpstreamStatus? status) =>
        status is UpstreamStatus.Completed or UpstreamStatus.Failed or UpstreamStatus.Expired;
}
