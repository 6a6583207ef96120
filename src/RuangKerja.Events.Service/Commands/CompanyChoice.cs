namespace RuangKerja.Events.Service.Commands;

/// <summary>Which companies an option <c>--company</c> means.</summary>
internal static class CompanyChoice
{
    /// <summary>The one that is named; all when none is.</summary>
    /// <exception cref="UsageException">It is not configured.</exception>
    public static IReadOnlyList<CompanyOptions> Read(IReadOnlyList<CompanyOptions> companies, string? name)
    {
        if (name is null)
            return companies;
        if (companies.FirstOrDefault(c => c.Company.Name == name) is { } chosen)
            return [chosen];

        var names = string.Join(", ", companies.Select(c => c.Company.Name));
        throw new UsageException($"--company '{name}': no such company is configured. There is: {names}.");
    }
}
