namespace RuangKerja.Events.Service.Commands.Demo;

/// <summary>One journey, counted at four places, and what the samples made of it. Pure.</summary>
/// <param name="Transitions">What truly happened after the bootstrap, by the simulator's ledger.</param>
/// <param name="Stored">Events in the database, baseline aside.</param>
/// <param name="Published">Messages the broker has confirmed.</param>
/// <param name="Received">Lines the learner notifier has printed, each with an event of its own.</param>
/// <param name="Due">What the samples owe for it.</param>
/// <param name="Certificates">What is in the certificate issuer's register.</param>
/// <param name="Mails">Different mails that the mail server has.</param>
public sealed record DemoSummary(
    long Transitions,
    long Stored,
    long Published,
    long Received,
    DemoDue Due,
    long Certificates,
    long Mails
)
{
    /// <summary>True when nothing has happened anywhere: the demo was ended before it could.</summary>
    public bool IsEmpty => this is { Transitions: 0, Stored: 0, Published: 0, Received: 0, Certificates: 0, Mails: 0 };

    /// <summary>The last word.</summary>
    public string Verdict =>
        Agrees ? "Every change has arrived, once."
        : IsEmpty ? "Nothing has happened yet."
        : "The counts do not agree: something was lost, doubled or too slow.";

    /// <summary>True when something happened and every place counted the same.</summary>
    public bool Agrees =>
        Transitions > 0
        && Stored == Transitions
        && Published == Transitions
        && Received == Transitions
        && Certificates == Due.Certificates
        && Mails == Due.Mails;

    /// <summary>The counts with what they are, in the order of the journey.</summary>
    public IReadOnlyList<string[]> Rows =>
        [
            ["ledger transitions", $"{Transitions}", "what truly happened, by the simulator"],
            ["events stored", $"{Stored}", "in PostgreSQL, beside the baseline"],
            ["messages published", $"{Published}", "confirmed by RabbitMQ"],
            ["messages received", $"{Received}", "by the learner notifier"],
            ["certificates", $"{Certificates}", $"in the issuer's register, for {Due.Certificates} completions"],
            ["mails", $"{Mails}", $"at the mail server, for {Due.Mails} changes that learners are told of"],
        ];
}
