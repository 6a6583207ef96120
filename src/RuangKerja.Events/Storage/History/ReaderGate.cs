namespace RuangKerja.Events.Storage.History;

/// <summary>
/// How many connections those may use at once who ask what is stored: however many they are and however slow their
/// questions, the rest of the pool stays with those who keep leases, store changes and publish them.
/// </summary>
/// <param name="places">1 …</param>
public sealed class ReaderGate(int places, TimeProvider time) : IDisposable
{
    private const int FewestPlaces = 2;
    private const int ShareOfThePool = 4;

    /// <summary>Nobody waits longer for a place: who asked has a server's answer then, and may come back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(places, places);

    /// <summary>A quarter of the pool.</summary>
    public static int PlacesOf(StorageOptions options) =>
        Math.Max(FewestPlaces, options.MaxConnections / ShareOfThePool);

    /// <summary>Reads once there is a place.</summary>
    /// <param name="operation">What is being read, for the trouble.</param>
    /// <exception cref="StorageException">There was no place in time; or the reading failed.</exception>
    public async Task<T> RunAsync<T>(string operation, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await EnterAsync(operation, cancellationToken);
        try
        {
            return await read();
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private async Task EnterAsync(string operation, CancellationToken cancellationToken)
    {
        if (_places.Wait(TimeSpan.Zero, CancellationToken.None))
            return;

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _places.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageException(
                StorageFailureKind.Unavailable,
                operation,
                $"all {places} connections for those who ask are taken, for {Patience.TotalSeconds:0} seconds already.",
                "Try again later, ask for less at once, or raise Storage:MaxConnections: a quarter of it is for this.",
                inner: null
            );
        }
    }
}
