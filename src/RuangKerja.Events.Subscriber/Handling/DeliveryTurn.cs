namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>A delivery's place in its line, carried with it from the transport to the gate of its assignment.</summary>
internal sealed class DeliveryTurn(DeliveryLine line, ulong tag)
{
    private IDisposable? _kept;

    /// <summary>Stands for the channel it came over.</summary>
    public object Channel => line;

    /// <summary>Returns when its turn has come.</summary>
    public Task ComeAsync(CancellationToken cancellationToken) => line.ComeAsync(tag, cancellationToken);

    /// <summary>Lets the next one come.</summary>
    public void Pass() => line.Pass(tag);

    /// <summary>
    /// Keeps the place of one that comes again until the end: those behind it are to be behind it in the broker's queue as well,
    /// and there the order is that of their ways back.
    /// </summary>
    public void Keep(IDisposable place) => _kept = place;

    /// <summary>Leaves the place that was kept; where the team's bus has a retry of its own, for another attempt.</summary>
    public void Leave() => Interlocked.Exchange(ref _kept, null)?.Dispose();

    /// <summary>Its way through the endpoint is over.</summary>
    public void End()
    {
        Pass();
        Leave();
    }
}
