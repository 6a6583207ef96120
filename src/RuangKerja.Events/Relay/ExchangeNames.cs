namespace RuangKerja.Events.Relay;

/// <summary>Names on the broker that are ours; the others are MassTransit's own, from the messages' type names.</summary>
public static class ExchangeNames
{
    /// <summary>
    /// The topic exchange behind the base type's exchange: clients in any language bind to it by pattern over the routing
    /// key <c>{company}.{kind}</c>, for instance <c>*.completed</c>.
    /// </summary>
    public const string Topic = "ruangkerja.events";
}
