using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>Answers requesters.</summary>
internal interface IReplyChannel
{
    /// <summary>Sends an answer; returns when the queue has it for certain, and false when there is no such queue.</summary>
    /// <exception cref="BrokerException">The broker did not take it.</exception>
    Task<bool> SendAsync<T>(ReplyAddress to, T answer, CancellationToken cancellationToken)
        where T : class;
}
