using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Gaps;

namespace RuangKerja.Events.Tests.Docs;

/// <summary>What the guides for subscribers show compiles and runs, and what they list is all there is.</summary>
public sealed class SubscriberGuideTests
{
    private static readonly string Text = Repository.Read("docs/subscribers.md");

    private static readonly IReadOnlyList<string> Sources =
    [
        .. new[] { "samples", "tests/RuangKerja.Events.Tests/Subscriber" }
            .SelectMany(folder =>
                Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            )
            .Select(file => WithoutSpace(WithoutDocs(File.ReadAllText(file)))),
    ];

    [Theory]
    [InlineData("README.md", 2)]
    [InlineData("docs/subscribers.md", 6)]
    [InlineData("src/RuangKerja.Events.Subscriber/README.md", 1)]
    [InlineData("contracts/RuangKerja.Events.Contracts/README.md", 1)]
    public void Every_snippet_is_code_that_compiles(string guide, int count)
    {
        var snippets = Repository.Read(guide).Split("```csharp")[1..].Select(part => part.Split("```")[0]).ToList();

        snippets.Count.ShouldBe(count);
        foreach (var snippet in snippets)
            Sources.ShouldContain(source => source.Contains(WithoutSpace(snippet)), snippet);
    }

    [Fact]
    public void Every_option_is_named()
    {
        var options = typeof(SubscriberOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);

        options.Select(option => option.Name).Except(Backticked()).ShouldBeEmpty();
    }

    [Fact]
    public void Every_event_of_the_log_is_told_with_its_level()
    {
        var events = typeof(SubscriberOptions)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .ToList();

        events.Count.ShouldBeGreaterThanOrEqualTo(5);
        foreach (var told in events)
            Text.ShouldContain($"| {told.EventId} | {told.Level.ToString().ToLowerInvariant()} |");
    }

    [Fact]
    public void Every_metric_is_named()
    {
        var named = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == SubscriberMetrics.MeterName)
                    named.Add(instrument.Name);
            },
        };
        listener.Start();
        using var provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _ = new GapMetrics(new SubscriberMetrics(provider.GetRequiredService<IMeterFactory>()));

        named.Count.ShouldBeGreaterThanOrEqualTo(8);
        named.Except(Backticked()).ShouldBeEmpty();
    }

    private static HashSet<string> Backticked() => [.. Text.Split('`').Where((_, i) => i % 2 == 1)];

    private static string WithoutDocs(string code) =>
        string.Join('\n', code.Split('\n').Where(line => !line.TrimStart().StartsWith("///")));

    private static string WithoutSpace(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
