using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>Which messages a team's consumer consumes.</summary>
internal static class ConsumerKinds
{
    /// <summary><see cref="CourseStatusChanged"/>, or those of its kinds the consumer consumes.</summary>
    public static IReadOnlyList<Type> Of(Type consumer) => [.. Consumed(consumer).Where(IsKind)];

    /// <summary>What of the consumer the kit cannot serve.</summary>
    public static IEnumerable<string> FaultsOf(Type consumer)
    {
        var consumed = Consumed(consumer).ToList();
        if (!consumed.Exists(IsKind))
            yield return $"{consumer.Name} consumes no change of a course status; it is to be an IConsumer<{nameof(CourseStatusChanged)}> "
                + $"or of a kind such as {nameof(CourseCompleted)}.";
        foreach (var other in consumed.Where(type => !IsKind(type)))
            yield return $"{consumer.Name} consumes {other.Name}, which never comes to this queue; give it a consumer of its own.";
    }

    private static IEnumerable<Type> Consumed(Type consumer) =>
        consumer
            .GetInterfaces()
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConsumer<>))
            .Select(type => type.GetGenericArguments()[0]);

    private static bool IsKind(Type type) => type.IsAssignableTo(typeof(CourseStatusChanged));
}
