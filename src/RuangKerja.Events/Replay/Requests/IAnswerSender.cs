using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>Answers requesters.</summary>
internal interface IAnswerSender
{
    /// <summary>
    /// Sends an answer; returns when the queue has it for certain, and false when there is no such queue, or it takes none of
    /// this answer: it is full, or not ours to write to, or the answer is not one that can be sent.
    /// </summary>
    /// <exception cref="BrokerException">The broker cannot be used, or gives no word.</exception>
    Task<bool> SendAsync<T>(ReplyAddress to, T answer, CancellationToken cancellationToken)
        where T : class;
}
