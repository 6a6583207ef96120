using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Relay;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.IntegrationTests.Faults;

internal sealed partial class FaultBench
{
    /// <summary>Relays otherwise than by default, from the next start on.</summary>
    public void RelayAs(Func<RelayOptions, RelayOptions> change) =>
        Deployment.Configure(options => options with { Relay = change(options.Relay) });

    /// <summary>Returns what the part says, once it says that.</summary>
    public async Task<string> WaitForTroubleAsync(PipelinePart part, string told)
    {
        string? failure = null;
        await Wait.Until(
            () => (failure = Deployment.FailureOf(part))?.Contains(told, StringComparison.Ordinal) == true,
            Patience,
            $"the {part} to say '{told}'"
        );
        return failure!;
    }

    /// <summary>Nothing is wrong anywhere any more.</summary>
    public Task WaitForWellAsync() =>
        Wait.Until(() => Deployment.Health.All(part => part.Failure is null), Patience, "every part to be well");

    /// <summary>So many rows wait for the broker.</summary>
    public Task WaitForPendingAsync(int rows) =>
        Wait.Until(async () => await CountPendingAsync() >= rows, Patience, $"{rows} rows in the outbox");

    /// <summary>How many rows wait for the broker.</summary>
    public async Task<long> CountPendingAsync() =>
        (await Deployment.Outbox.CountAsync(Company.Default, CancellationToken.None)).Pending;
}
