using Microsoft.Extensions.DependencyInjection;

namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>The inbox a subscriber has chosen.</summary>
/// <param name="Make">Makes it, once for each subscriber.</param>
/// <param name="FillsGaps">Whether it keeps open gaps, and what is missing is asked for.</param>
/// <param name="Faults">What is wrong with its options.</param>
/// <param name="AddServices">Registers what runs beside it; null when nothing does.</param>
internal sealed record InboxChoice(
    Func<IServiceProvider, SubscriberSettings, IInbox> Make,
    bool FillsGaps,
    IReadOnlyList<string> Faults,
    Action<IServiceCollection, SubscriberSettings>? AddServices = null
)
{
    /// <summary>The one in memory.</summary>
    public static InboxChoice InMemory(MemoryInboxOptions options) =>
        new((_, _) => new MemoryInbox(options), FillsGaps: false, [.. options.Faults()]);
}
