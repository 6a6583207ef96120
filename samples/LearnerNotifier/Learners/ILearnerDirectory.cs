using System.Net.Mail;

namespace LearnerNotifier.Learners;

/// <summary>The languages there are templates in.</summary>
public enum Language
{
    /// <summary>Bahasa Indonesia, <c>id</c> in files and settings.</summary>
    Indonesian,

    /// <summary>English, <c>en</c>.</summary>
    English,
}

/// <summary>Whom a mail goes to.</summary>
public sealed record Learner(MailAddress Address, Language Language);

/// <summary>
/// Who an employee is. The messages have no names and no addresses, on purpose: a company's own directory (LDAP, HR system)
/// goes behind this.
/// </summary>
public interface ILearnerDirectory
{
    /// <summary>Finds an employee.</summary>
    /// <param name="company">The company by its configured name.</param>
    /// <param name="employeeId">Within the company.</param>
    /// <returns>Null when nobody is known by that id: then there is no mail.</returns>
    /// <exception cref="IOException">The directory cannot be used now: the message is tried again.</exception>
    ValueTask<Learner?> FindAsync(string company, string employeeId, CancellationToken cancellationToken);
}
