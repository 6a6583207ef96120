namespace RuangKerja.LocalServers;

/// <summary>A mail that the private SMTP server has taken, as Python's mail parser reads it.</summary>
/// <param name="File">The mail as it came, an <c>.eml</c> file.</param>
/// <param name="Client">The address and port it came from: mails of one connection have the same.</param>
/// <param name="Recipients">Whom the envelope named.</param>
/// <param name="Encrypted">Whether it came over TLS.</param>
/// <param name="User">Who had logged in; null when nobody had.</param>
/// <param name="MessageId">The header, with its angle brackets.</param>
/// <param name="From">The header.</param>
/// <param name="To">The header.</param>
/// <param name="Subject">The header, decoded.</param>
/// <param name="Text">The alternative in plain text, decoded; null without one.</param>
/// <param name="Html">The alternative in HTML, decoded; null without one.</param>
/// <param name="Headers">All headers, decoded, by their names.</param>
public sealed record ReceivedMail(
    string File,
    string Client,
    IReadOnlyList<string> Recipients,
    bool Encrypted,
    string? User,
    string MessageId,
    string From,
    string To,
    string Subject,
    string? Text,
    string? Html,
    IReadOnlyDictionary<string, string> Headers
);
