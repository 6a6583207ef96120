using System.CommandLine;
using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Configuration;

namespace RuangKerja.Events.Service.Commands;

/// <summary>The option <c>--company</c> of commands that are about one company and ask the API for nothing.</summary>
internal static class CompanyArgument
{
    /// <summary>The option.</summary>
    public static Option<string?> Create() =>
        new("--company") { Description = "The company that is meant. Default: the one that is configured." };

    /// <summary>The names of all companies there are.</summary>
    public static IReadOnlyList<string> Configured(IConfiguration configuration)
    {
        var names = configuration.GetSection(Keys.Companies).GetChildren().Select(child => child.Key).ToList();
        return names.Count > 0 ? names : [Company.Default.Name];
    }

    /// <summary>The company that is named, or the only one there is.</summary>
    /// <param name="stored">Those that may be named besides.</param>
    /// <exception cref="UsageException">There is no such company, or there are several and none is named.</exception>
    public static Company Read(IConfiguration configuration, string? name, params IReadOnlyList<Company> stored)
    {
        var configured = Configured(configuration);
        if (name is null && configured.Count > 1)
            throw new UsageException($"Name the company with --company. There is: {string.Join(", ", configured)}.");
        if (name is not null && stored.FirstOrDefault(company => company.Name == name) is { Name: not null } known)
            return known;
        if (name is not null && !configured.Contains(name))
        {
            throw new UsageException(
                $"--company '{name}': no such company is configured{(stored.Count > 0 ? " or stored" : "")}. "
                    + $"There is: {string.Join(", ", configured.Union(stored.Select(company => company.Name)))}."
            );
        }

        return Company.TryCreate(name ?? configured[0], out var company)
            ? company
            : throw new UsageException($"No company can be called '{name ?? configured[0]}'.");
    }
}
