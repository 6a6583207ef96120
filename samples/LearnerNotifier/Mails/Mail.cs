namespace LearnerNotifier.Mails;

/// <summary>What a mail says, in plain text and again in HTML.</summary>
/// <param name="Subject">One line.</param>
public sealed record MailContent(string Subject, string Text, string Html);
