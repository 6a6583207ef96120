using System.Net.Mail;

namespace LearnerNotifier.Learners;

/// <summary>For companies whose addresses are made of the employee's id: <c>&lt;employeeId&gt;@domain</c>, all in one language.</summary>
public sealed class DomainDirectory(string domain, Language language) : ILearnerDirectory
{
    /// <inheritdoc />
    public ValueTask<Learner?> FindAsync(string company, string employeeId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            MailAddress.TryCreate($"{Uri.EscapeDataString(employeeId)}@{domain}", out var address)
                ? new Learner(address, language)
                : null
        );
}
