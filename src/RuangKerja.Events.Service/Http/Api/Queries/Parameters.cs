using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Problems;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Http.Api.Queries;

/// <summary>The parameters that several endpoints have, and how they are read.</summary>
internal static class Parameters
{
    public const int MostLimit = 1_000;
    private const int DefaultLimit = 100;

    public static readonly QueryParameter Limit = new("limit", QueryForm.WholeNumber, "How many at most.")
    {
        Least = 1,
        Most = MostLimit,
        Default = $"{DefaultLimit}",
    };

    public static readonly QueryParameter Company = new(
        "company",
        QueryForm.Text,
        "The company, by its configured name. It may be left out where only one is configured."
    );

    public static readonly QueryParameter Companies = new(
        "company",
        QueryForm.Words,
        "Only these companies, by their configured names."
    );

    public static readonly QueryParameter Employee = new(
        "employee",
        QueryForm.Text,
        "Only this employee, by the company's own id."
    );

    public static readonly QueryParameter Course = new(
        "course",
        QueryForm.Text,
        "Only the courses of this name, letter case aside."
    );

    public static readonly QueryParameter CourseSerial = new(
        "courseSerial",
        QueryForm.Text,
        "Only the course of this serial."
    );

    public static int ReadLimit(this QueryReader query) => (int)(query.WholeNumber(Limit) ?? DefaultLimit);

    public static QueryParameter Statuses(string name, string description) =>
        new(name, QueryForm.Words, description) { Allowed = Words.Of<CourseStatus>() };

    /// <summary>The companies that are named; empty for all.</summary>
    public static IReadOnlyList<Company> ReadCompanies(this QueryReader query, IReadOnlyList<Company> configured)
    {
        var companies = new List<Company>();
        foreach (var name in query.Text(Companies)?.Split(',') ?? [])
        {
            if (configured.Any(company => company.Name == name))
                companies.Add(configured.First(company => company.Name == name));
            else
                query.Refuse(Companies.Name, NotConfigured(name, configured));
        }

        return companies;
    }

    /// <summary>The company that is named, or the only one.</summary>
    /// <exception cref="ProblemException">There are several and none is named.</exception>
    public static Company ReadCompany(this QueryReader query, IReadOnlyList<Company> configured)
    {
        var name = query.Text(Company) ?? (configured.Count == 1 ? configured[0].Name : null);
        if (name is null)
            query.Refuse(Company.Name, $"'company' is missing; it may be one of {Names(configured)}.");
        else if (configured.All(company => company.Name != name))
            query.Refuse(Company.Name, NotConfigured(name, configured));
        return configured.FirstOrDefault(company => company.Name == name);
    }

    /// <summary>The cursor of lists of assignments: <c>{company}/{assignmentId}</c>.</summary>
    public static AssignmentReference? ReadAssignmentAfter(this QueryReader query, QueryParameter parameter)
    {
        if (query.Text(parameter) is not { } text)
            return null;
        if (text.Split('/', 2) is [var name, var id] && Courses.Company.TryCreate(name, out var company))
            return new AssignmentReference(company, new AssignmentId(id));

        query.RefuseValue(parameter, text);
        return null;
    }

    private static string NotConfigured(string name, IReadOnlyList<Company> configured) =>
        $"'{name}' is no company of this service; there are {Names(configured)}.";

    private static string Names(IReadOnlyList<Company> configured) =>
        string.Join(", ", configured.Select(company => company.Name));
}
