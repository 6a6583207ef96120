namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>A delivery's place in its line, carried with it from the transport to the gate of its assignment.</summary>
internal sealed class DeliveryTurn(DeliveryLine line, ulong tag)
{
    /// <summary>Stands for the channel it came over.</summary>
    public object Channel => line;

    /// <summary>Returns when its turn has come.</summary>
    public Task ComeAsync(CancellationToken cancellationToken) => line.ComeAsync(tag, cancellationToken);

    /// <summary>Lets the next one come.</summary>
    public void Pass() => line.Pass(tag);
}
