using System.Net;
using System.Net.Http.Json;
using CertificateIssuer.Register;
using RuangKerja.Events.IntegrationTests.Service;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The sample CertificateIssuer as a process, and what a person sees of it.</summary>
internal sealed class RunningIssuer : IAsyncDisposable
{
    public const string Queue = "certificate-issuer";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProcess _process;
    private readonly HttpClient _http = new();

    private RunningIssuer(ServiceProcess process) => _process = process;

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<RunningIssuer> StartAsync(Uri broker, string database)
    {
        var issuer = Launch(broker, database);
        await issuer.WaitUntilItListensAsync();
        return issuer;
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public static RunningIssuer Launch(Uri broker, string database) =>
        new(
            ServiceProcess.StartProgram(
                SamplePrograms.Find("CertificateIssuer"),
                new Dictionary<string, string>
                {
                    ["Broker"] = broker.AbsoluteUri,
                    ["Database"] = database,
                    ["Url"] = "http://127.0.0.1:0",
                }
            )
        );

    public async Task WaitUntilItListensAsync()
    {
        await WaitForLineAsync("Listening on");
        _process.IsRunning.ShouldBeTrue(_process.Error);
        const string Says = "The certificates are at ";
        _http.BaseAddress = new Uri(_process.Out.Split(Says)[1].Split('\n')[0].Trim());
    }

    public async Task WaitForLineAsync(string part)
    {
        await Wait.Until(() => _process.Out.Contains(part) || !_process.IsRunning, Patience, $"the issuer says {part}");
        _process.Out.ShouldContain(part, customMessage: _process.Error);
    }

    public async Task<(long Issued, long Revoked)> CountAsync()
    {
        var counts = await _http.GetFromJsonAsync<RegisterCounts>("/certificates");
        return (counts!.Issued, counts.Revoked);
    }

    public Task WaitForAsync(long issued, long revoked) =>
        Wait.Until(
            async () => await CountAsync() == (issued, revoked),
            Patience,
            $"{issued} issued, {revoked} revoked"
        );

    public Task<string> ReadPageAsync() => _http.GetStringAsync("/");

    /// <summary>The file of a certificate; null when there is none.</summary>
    public async Task<byte[]?> OpenAsync(string number)
    {
        using var answer = await _http.GetAsync($"/certificates/{number}.pdf");
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/pdf");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Ends it as a crash does (SIGKILL).</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
    }
}
