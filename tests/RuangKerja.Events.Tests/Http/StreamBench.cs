using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Service.Http.Api.Streams;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Tests.Http;

/// <summary>One stream without a network: the test is the client, reads as slowly as it likes and moves the clock.</summary>
internal sealed class StreamBench : IAsyncDisposable
{
    private const int Buffer = 32 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: Buffer, resumeWriterThreshold: Buffer / 2));
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly CancellationTokenSource _aborted = new();
    private readonly ReaderGate _gate;

    public StreamBench()
    {
        _gate = new ReaderGate(2, Clock);
        History = new MemoryHistory();
    }

    public Clock Clock { get; } = new();

    public MemoryHistory History { get; }

    /// <summary>The stream's own end.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Whether the service has cut the connection.</summary>
    public bool IsCutOff => _aborted.IsCancellationRequested;

    public void Start(EventFilter? filter = null, long? after = 0)
    {
        var history = new GatedHistory(History, _gate);
        var watch = new HorizonWatch(history, Clock, _lifetime);
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(new StartedResponse());
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_pipe.Writer.AsStream()));
        context.Features.Set<IHttpRequestLifetimeFeature>(new Lifetime(_aborted));
        var stream = new EventStream(context, filter ?? new EventFilter(), history, watch, _lifetime, Clock);
        Running = Task.Run(() => stream.RunAsync(after));
    }

    /// <summary>Takes at least so much; waits until it is there.</summary>
    public async Task<string> ReadAsync(int bytes = 1)
    {
        var read = await _pipe
            .Reader.ReadAtLeastAsync(bytes)
            .AsTask()
            .WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        var text = Encoding.UTF8.GetString(read.Buffer);
        _pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }

    /// <summary>Reads, while the clock moves by steps, until there is what is looked for.</summary>
    public async Task<string> ReadUntilAsync(string wanted, TimeSpan step)
    {
        var text = "";
        await Wait.Until(
            () =>
            {
                Clock.Advance(step);
                while (_pipe.Reader.TryRead(out var read))
                {
                    text += Encoding.UTF8.GetString(read.Buffer);
                    _pipe.Reader.AdvanceTo(read.Buffer.End);
                }

                return text.Contains(wanted, StringComparison.Ordinal);
            },
            TimeSpan.FromSeconds(30)
        );
        return text;
    }

    public void StopService() => _lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        _lifetime.StopApplication();
        await _pipe.Reader.CompleteAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gate.Dispose();
        _aborted.Dispose();
    }

    private sealed class StartedResponse : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }

    private sealed class Lifetime(CancellationTokenSource aborted) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; } = aborted.Token;

        public void Abort() => aborted.Cancel();
    }
}
