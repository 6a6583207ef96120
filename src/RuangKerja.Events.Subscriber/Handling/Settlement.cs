using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>What became of a delivery, left with MassTransit's context for who observes the bus.</summary>
internal sealed record Settlement(Verdict Verdict);
