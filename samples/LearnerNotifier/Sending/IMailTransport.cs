using LearnerNotifier.Mails;

namespace LearnerNotifier.Sending;

/// <summary>A mail that is ready to leave.</summary>
/// <param name="EventId">The event it tells of; its Message-ID is made of it.</param>
/// <param name="Language"><c>id</c> or <c>en</c>.</param>
public sealed record OutgoingMail(Guid EventId, string Recipient, string Language, MailContent Content);

/// <summary>What became of a mail.</summary>
public enum SendOutcome
{
    /// <summary>The server has taken it.</summary>
    Sent,

    /// <summary>The server will never take it: no such recipient.</summary>
    Refused,

    /// <summary>The server does not take this one now.</summary>
    PutOff,

    /// <summary>There is no server now that takes any.</summary>
    Unavailable,
}

/// <summary>What became of a mail.</summary>
/// <param name="Trouble">Why, unless it was sent.</param>
public sealed record SendResult(SendOutcome Outcome, string? Trouble = null);

/// <summary>Hands mails to a mail server.</summary>
public interface IMailTransport
{
    /// <summary>Sends one; it does not throw for what the server or the network does.</summary>
    Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
