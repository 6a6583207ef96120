using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Replays;

namespace RuangKerja.Events.Tests.Subscriber;

/// <summary>What the guides show, so that it compiles and registers; <see cref="Docs.SubscriberGuideTests"/> holds them to it.</summary>
internal static class SubscriberSnippets
{
    public static void AddSubscriber(IServiceCollection services, Uri broker, string connectionString)
    {
        services.AddCourseStatusSubscriber<CertificateConsumer>(
            broker,
            options => options.UsePostgresInbox(connectionString)
        );
    }

    public static void AddToBus(IServiceCollection services, Uri broker, string connectionString)
    {
        services.AddMassTransit(bus =>
        {
            bus.AddCourseStatusSubscriber<CertificateConsumer>(options => options.UsePostgresInbox(connectionString));
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    rabbit.Host(broker);
                    rabbit.ConfigureEndpoints(context);
                }
            );
        });
    }
}

public sealed class CompletionPrinter : IConsumer<CourseCompleted>
{
    public Task Consume(ConsumeContext<CourseCompleted> context)
    {
        CourseCompleted change = context.Message;
        Console.WriteLine($"{change.EmployeeId} completed {change.CourseName} at {change.OccurredAt:O}");
        return Task.CompletedTask;
    }
}

public sealed class RegisterConsumer(InboxTransaction inbox) : IConsumer<CourseCompleted>
{
    public async Task Consume(ConsumeContext<CourseCompleted> context)
    {
        await using var command = new NpgsqlCommand(
            "insert into certificate (assignment_id, attempt) values ($1, $2)",
            inbox.Connection,
            inbox.Transaction
        );
        command.Parameters.Add(new() { Value = context.Message.AssignmentId });
        command.Parameters.Add(new() { Value = context.Message.Attempt });
        await command.ExecuteNonQueryAsync(context.CancellationToken);
    }
}

public sealed class Catalogue(ICourseStatusReplays replays)
{
    public Task<ReplayStarted> FillAsync(CancellationToken cancellationToken) =>
        replays.RequestReplayAsync(
            request => request with { IncludeBaseline = true, Kinds = [ChangeKinds.Completed] },
            cancellationToken
        );
}
