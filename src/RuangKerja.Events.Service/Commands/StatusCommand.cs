using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Service.Http;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands;

/// <summary><c>status</c>: asks the running service whether it is ready. It is what a container's health check calls.</summary>
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
        var output = Output.CreateOption();
        var command = new Command(
            "status",
            "Ask the running service whether it is ready. Exit code 10 when it is not, 11 when nobody answers."
        )
        {
            url,
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                        new StatusCommand(context, parsed.GetValue(output)).RunAsync(
                            Address(parsed.GetValue(url)) ?? context.Reader(parsed).ReadHttp().Urls[0],
                            cancellationToken
                        ),
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work.</summary>
    public async Task<ExitCode> RunAsync(Uri service, CancellationToken cancellationToken)
    {
        if (await AskAsync(new Uri(service, HealthEndpoints.Ready), cancellationToken) is not { } report)
            return ExitCode.NotReachable;

        if (output == OutputFormat.Json)
            context.WriteJson(report);
        else
            Write(report);
        return report.Ready ? ExitCode.Ok : ExitCode.NotReady;
    }

    private static Uri? Address(string? text)
    {
        if (text is null)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new UsageException($"--url '{text}': write an http address, such as {HttpOptions.DefaultUrl}.");
    }

    /// <summary>Null when no answer of ours came; the reason is on standard error.</summary>
    private async Task<ReadinessReport?> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var response = await client.GetAsync(url, cancellationToken);
            var report = await response.Content.ReadFromJsonAsync<ReadinessReport>(Output.Json, cancellationToken);
            if (report is { Companies: not null })
                return report;
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
            part.LongestAgeSeconds is { } longest ? $"{longest:0} s" : "",
            part.Reason ?? "",
            part.Hint ?? "",
        ];

    private static string[] Cells(string company, Backlog backlog) =>
        [
            company,
            Count(backlog.Pending, backlog),
            backlog.OldestPending is { } oldest ? $"{oldest.TotalSeconds:0} s" : "",
            Count(backlog.Held, backlog),
            Count(backlog.Unroutable, backlog),
            Count(backlog.Unpublishable, backlog),
            Count(backlog.Quarantined, backlog),
            backlog.Feed is { } feed ? $"{feed.Watermark:yyyy-MM-dd HH:mm:ss}Z" : "",
        ];

    private static string Count(long count, Backlog backlog) => count < backlog.CountedTo ? $"{count}" : $"≥ {count}";

    private static string Word<TWord>(TWord word)
        where TWord : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(word.ToString());
}
