using System.Reflection;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Service;
using RuangKerja.Events.Subscriber;

namespace RuangKerja.Events.Tests;

/// <summary>Who watches the log goes by the ids of its events: each is one event's, for good.</summary>
public sealed class LogEventTests
{
    [Fact]
    public void No_two_events_share_an_id()
    {
        var ids = new[]
        {
            typeof(PipelineOptions).Assembly,
            typeof(Program).Assembly,
            typeof(SubscriberOptions).Assembly,
        }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>()
            .ToList();

        ids.Count.ShouldBeGreaterThan(50);
        ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }
}
