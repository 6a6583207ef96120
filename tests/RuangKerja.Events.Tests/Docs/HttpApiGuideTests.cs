using System.Text.RegularExpressions;
using RuangKerja.Events.Tests.Http;

namespace RuangKerja.Events.Tests.Docs;

/// <summary>What the guide to the HTTP API shows is answered.</summary>
public sealed partial class HttpApiGuideTests
{
    private static readonly string Text = Repository.Read("docs/http-api.md");

    public static TheoryData<string> Commands { get; } =
        new(
            Text.Split("```bash\n")[1..]
                .SelectMany(part => part.Split("```")[0].Split("curl ")[1..])
                .Select(command => command.Trim())
        );

    [Fact]
    public void Every_part_of_the_api_is_shown()
    {
        Commands.Count.ShouldBe(10);
        foreach (
            var path in (string[])
                ["/api/events?", "/api/events/stream", "/api/assignments?", "/history", "/api/replays?dryRun"]
        )
            Commands.ShouldContain(command => command.Data.Contains(path), path);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_is_answered(string command)
    {
        await using var bench = await HttpBench.StartAsync(HttpBench.Keys);
        bench.History.Add(1, "S%20A1/emp-7", at: new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        bench.History.Horizon = 1;
        using var request = RequestOf(command);

        using var response = await bench.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        response.IsSuccessStatusCode.ShouldBeTrue($"{command}: {response.StatusCode}");
    }

    /// <summary>What curl would send.</summary>
    private static HttpRequestMessage RequestOf(string command)
    {
        var request = new HttpRequestMessage();
        var query = new List<string>();
        var words = new Queue<string>(Word().Matches(command).Select(match => Unquote(match.Value)));
        while (words.TryDequeue(out var word))
        {
            switch (word)
            {
                case "--fail-with-body" or "--silent" or "--no-buffer" or "--get":
                    break;
                case "--max-time":
                    words.Dequeue();
                    break;
                case "--header":
                    var header = words.Dequeue().Split(": ", 2);
                    request.Headers.Add(header[0], header[1]);
                    break;
                case "--data":
                    query.Add(words.Dequeue());
                    break;
                case "--data-urlencode":
                    var pair = words.Dequeue().Split('=', 2);
                    query.Add($"{pair[0]}={Uri.EscapeDataString(pair[1])}");
                    break;
                case "--json":
                    request.Method = HttpMethod.Post;
                    request.Content = new StringContent(words.Dequeue(), mediaType: new("application/json"));
                    break;
                default:
                    word.ShouldStartWith("$API/");
                    request.RequestUri = new Uri(word["$API".Length..], UriKind.Relative);
                    break;
            }
        }

        if (query.Count > 0)
            request.RequestUri = new Uri($"{request.RequestUri}?{string.Join('&', query)}", UriKind.Relative);
        return request;
    }

    private static string Unquote(string word) =>
        word.Trim('"', '\'')
            .Replace("$KEY", HttpBench.OperatorKey)
            .Replace("$ID", Uri.EscapeDataString("S%20A1/emp-7"));

    /// <summary>A word of the shell's, quoted or not; a line that goes on is no word.</summary>
    [GeneratedRegex(@"""[^""]*""|'[^']*'|[^\s""'\\]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
