using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Service.Http;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands;

/// <summary>
/// <c>status</c>: asks the running service whether it is ready. With <c>--live</c> only whether it lives, which is what a
/// container's health check calls: a restart mends nothing that keeps a service from being ready.
/// </summary>
public sealed class StatusCommand(CommandContext context, OutputFormat output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var url = new Option<string?>("--url")
        {
            Description = "Where the service answers. Default: the setting Http:Urls.",
        };
        var live = new Option<bool>("--live")
        {
            Description = "Ask only whether it lives, as for a supervisor that restarts what does not.",
        };
        var output = Output.CreateOption();
        var command = new Command(
            "status",
            "Ask the running service whether it is ready. Exit code 10 when it is not, 11 when nobody answers."
        )
        {
            url,
            live,
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                    {
                        var service = Address(parsed.GetValue(url)) ?? context.Reader(parsed).ReadHttp().LocalUrl;
                        var status = new StatusCommand(context, parsed.GetValue(output));
                        return parsed.GetValue(live)
                            ? status.RunLiveAsync(service, cancellationToken)
                            : status.RunAsync(service, cancellationToken);
                    },
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Asks whether it is ready.</summary>
    public async Task<ExitCode> RunAsync(Uri service, CancellationToken cancellationToken)
    {
        var url = new Uri(service, HealthEndpoints.Ready);
        if (await AskAsync<ReadinessReport>(url, IsOurs, cancellationToken) is not { } report)
            return ExitCode.NotReachable;

        if (output == OutputFormat.Json)
            context.WriteJson(report);
        else
            Write(report);
        return report.Ready ? ExitCode.Ok : ExitCode.NotReady;
    }

    /// <summary>Asks whether it lives.</summary>
    public async Task<ExitCode> RunLiveAsync(Uri service, CancellationToken cancellationToken)
    {
        var url = new Uri(service, HealthEndpoints.Live);
        if (await AskAsync<Liveness>(url, IsOurs, cancellationToken) is not { } answer)
            return ExitCode.NotReachable;

        if (output == OutputFormat.Json)
            context.WriteJson(answer);
        else
            context.Out.WriteLine("The service lives.");
        return ExitCode.Ok;
    }

    private static bool IsOurs(ReadinessReport report) => report.Companies is not null;

    private static bool IsOurs(Liveness answer) => answer.Status == HealthEndpoints.Alive;

    private static Uri? Address(string? text)
    {
        if (text is null)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new UsageException($"--url '{text}': write an http address, such as {HttpOptions.DefaultUrl}.");
    }

    /// <summary>Null when no answer of ours came; the reason is on standard error.</summary>
    private async Task<TAnswer?> AskAsync<TAnswer>(
        Uri url,
        Func<TAnswer, bool> isOurs,
        CancellationToken cancellationToken
    )
        where TAnswer : class
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var response = await client.GetAsync(url, cancellationToken);
            var answer = await response.Content.ReadFromJsonAsync<TAnswer>(Output.Json, cancellationToken);
            if (answer is not null && isOurs(answer))
                return answer;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or JsonException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (error is not JsonException)
            {
                await context.Error.WriteLineAsync($"No service answers at {url}: {error.Message}");
                return null;
            }
        }

        await context.Error.WriteLineAsync($"What answers at {url} is not this service.");
        return null;
    }

    private void Write(ReadinessReport report)
    {
        context.Out.WriteLine($"The service is {report.Status}.");
        context.WriteTable(
            ["company", "part", "status", "last success", "late after", "reason", "what to do"],
            report.Companies.SelectMany(company => company.Parts.Select(part => Cells(company.Company, part)))
        );
        context.WriteTable(
            ["company", "pending", "oldest", "held", "unroutable", "unpublishable", "in quarantine", "feed read up to"],
            report.Companies.Where(company => company.Backlog is not null).Select(c => Cells(c.Company, c.Backlog!))
        );
    }

    private static string[] Cells(string company, PartReadiness part) =>
        [
            company,
            Word(part.Part),
            Word(part.Status),
            part.AgeSeconds is { } age ? $"{age:0.0} s ago" : "",
            $"{part.LongestAgeSeconds:0} s",
            part.Reason ?? "",
            part.Hint ?? "",
        ];

    private static string[] Cells(string company, Backlog backlog) =>
        [
            company,
            Count(backlog.Pending, backlog.CountedTo),
            backlog.OldestPending is { } oldest ? $"{oldest.TotalSeconds:0} s" : "",
            Count(backlog.Held, backlog.OthersCountedTo),
            Count(backlog.Unroutable, backlog.OthersCountedTo),
            Count(backlog.Unpublishable, backlog.OthersCountedTo),
            Count(backlog.Quarantined, backlog.OthersCountedTo),
            backlog.Feed is { } feed ? $"{feed.Watermark:yyyy-MM-dd HH:mm:ss}Z" : "",
        ];

    private static string Count(long count, long countedTo) => count < countedTo ? $"{count}" : $"≥ {count}";

    private static string Word<TWord>(TWord word)
        where TWord : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(word.ToString());
}
