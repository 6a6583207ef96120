namespace CertificateIssuer;

/// <summary>What the messages do not tell of a company.</summary>
/// <param name="Title">What it is called on its certificates; null: not at all.</param>
/// <param name="TimeZone">Where its days begin.</param>
public sealed record Company(string? Title, TimeZoneInfo TimeZone)
{
    /// <summary>The day an instant belongs to there.</summary>
    public DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZone).DateTime);
}

/// <summary>The companies by the names they have in the messages.</summary>
/// <param name="standard">What holds for a company that is not named.</param>
public sealed class CompanyDirectory(Company standard, IReadOnlyDictionary<string, Company> companies)
{
    /// <summary>The company of that name.</summary>
    public Company Find(string name) => companies.GetValueOrDefault(name, standard);
}
