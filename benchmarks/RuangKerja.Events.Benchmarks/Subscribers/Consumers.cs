using MassTransit;
using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Benchmarks.Subscribers;

/// <summary>Does nothing.</summary>
internal sealed class IdleConsumer(Gate gate) : IConsumer<CourseStatusChanged>
{
    public async Task Consume(ConsumeContext<CourseStatusChanged> context)
    {
        await gate.Opened;
        gate.Pass();
    }
}

/// <summary>Writes a row, which is committed by itself.</summary>
internal sealed class RowConsumer(Gate gate, NpgsqlDataSource source) : IConsumer<CourseStatusChanged>
{
    public async Task Consume(ConsumeContext<CourseStatusChanged> context)
    {
        await gate.Opened;
        await using var command = source.CreateCommand();
        await EffectRow.WriteAsync(command, context.Message);
        gate.Pass();
    }
}

/// <summary>Writes a row in the inbox's transaction.</summary>
internal sealed class InboxRowConsumer(Gate gate, InboxTransaction inbox) : IConsumer<CourseStatusChanged>
{
    public async Task Consume(ConsumeContext<CourseStatusChanged> context)
    {
        await gate.Opened;
        await using var command = inbox.Connection.CreateCommand();
        await EffectRow.WriteAsync(command, context.Message);
        gate.Pass();
    }
}

/// <summary>What a register of a subscriber might keep.</summary>
internal static class EffectRow
{
    public const string Table =
        "create table effect (event_id uuid primary key, assignment_id varchar not null, version bigint not null)";

    public static async Task WriteAsync(NpgsqlCommand command, CourseStatusChanged change)
    {
        command.CommandText = "insert into effect (event_id, assignment_id, version) values ($1, $2, $3)";
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = change.EventId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = change.AssignmentId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = change.Version });
        await command.ExecuteNonQueryAsync();
    }
}
