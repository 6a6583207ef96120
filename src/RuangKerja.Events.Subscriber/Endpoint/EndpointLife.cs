using MassTransit;

namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>Knows when the endpoint is being stopped, so that nobody who only waits holds that up.</summary>
internal sealed class EndpointLife : IReceiveEndpointObserver, IDisposable
{
    private CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the endpoint begins to stop.</summary>
    public CancellationToken Stopping => Volatile.Read(ref _stopping).Token;

    /// <summary>What a delivery ends with that is not settled for it.</summary>
    public static OperationCanceledException ComesAgain(Exception? inner = null) =>
        new("The endpoint is being stopped: the message comes again.", inner);

    /// <inheritdoc />
    public Task Ready(ReceiveEndpointReady ready) => RenewAsync();

    Task IReceiveEndpointObserver.Stopping(ReceiveEndpointStopping stopping) =>
        Volatile.Read(ref _stopping).CancelAsync();

    /// <inheritdoc />
    public Task Completed(ReceiveEndpointCompleted completed) => RenewAsync();

    /// <inheritdoc />
    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _stopping.Dispose();

    /// <summary>A bus that was stopped may be started again; its first messages come before it says that it is ready.</summary>
    private Task RenewAsync()
    {
        if (Stopping.IsCancellationRequested)
            Volatile.Write(ref _stopping, new CancellationTokenSource());
        return Task.CompletedTask;
    }
}
