using System.Net;
using System.Net.Mail;

namespace LearnerNotifier.Sending;

/// <summary>The mail server and how to speak with it.</summary>
/// <param name="StartTls">Whether it is spoken to over TLS only.</param>
/// <param name="Login">Null when it asks for none.</param>
/// <param name="From">The sender of all mails.</param>
/// <param name="Timeout">The longest one mail may take.</param>
public sealed record SmtpSettings(
    string Host,
    int Port,
    bool StartTls,
    NetworkCredential? Login,
    MailAddress From,
    TimeSpan Timeout
);
