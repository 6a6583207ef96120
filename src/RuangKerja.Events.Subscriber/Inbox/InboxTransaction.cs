using Npgsql;

namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>
/// The subscriber's transaction around the message that is being handled. A consumer that takes it as a dependency and writes
/// its effect there has both, effect and inbox mark, or neither. It neither commits nor disposes it.
/// </summary>
/// <param name="Connection">Open, in the transaction.</param>
/// <param name="Transaction">Begun; the kit commits it when the consumer has returned.</param>
public sealed record InboxTransaction(NpgsqlConnection Connection, NpgsqlTransaction Transaction);
