using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Reads the companies: one, right in the section <c>RuangKerja</c>, or several, each in a section of its own.</summary>
internal static class CompaniesReader
{
    private const string DefaultTimeZone = "Asia/Jakarta";
    private const string DefaultBaseUrl = "https://api.ruangkerja.id";
    private const double DefaultRequestsPerSecond = 5;
    private const string NameForm =
        "a name of 1 to 63 lower-case letters, digits, '-' and '_' that begins with a letter or digit";

    private static readonly string[] OnlyOfTheDefaultCompany = ["ClientId", "ClientSecret", "ClientSecretFile"];

    public static IReadOnlyList<CompanyOptions> Read(Settings settings)
    {
        var requestsPerSecond = settings.Number("Polling:RequestsPerSecond", 0.1, 100, DefaultRequestsPerSecond);
        return
        [
            .. ReadCompanies(settings)
                .Select(company => company with { Api = company.Api with { RequestsPerSecond = requestsPerSecond } }),
        ];
    }

    private static IReadOnlyList<CompanyOptions> ReadCompanies(Settings settings)
    {
        var names = settings.ChildrenOf(Keys.Companies);
        if (names.Count == 0)
            return [Read(settings, Company.Default, Keys.RuangKerja)];

        foreach (var name in OnlyOfTheDefaultCompany)
        {
            var key = $"{Keys.RuangKerja}:{name}";
            if (settings.Text(key) is not null)
                settings.Refuse(
                    key,
                    $"a value, and {Keys.Companies} beside it",
                    $"its place is {Keys.Companies}:default:{name}"
                );
        }

        return [.. names.Select(name => Read(settings, name)).OfType<CompanyOptions>()];
    }

    private static CompanyOptions? Read(Settings settings, string name)
    {
        var section = $"{Keys.Companies}:{name}";
        if (Company.TryCreate(name, out var company))
            return Read(settings, company, section);

        settings.Refuse(section, $"the name '{name}'", NameForm);
        return null;
    }

    private static CompanyOptions Read(Settings settings, Company company, string section)
    {
        var clientId = settings.Text($"{section}:ClientId");
        if (clientId is null)
            settings.Refuse(
                $"{section}:ClientId",
                ConfigurationFault.Nothing,
                "the client id of the company's API access"
            );

        var key = $"{section}:ClientSecret";
        var secret = settings.Secret(key, "the client secret of the company's API access");
        var api = new ApiOptions
        {
            BaseUrl = BaseUrl(settings, section),
            Credentials = new ApiCredentials(clientId ?? "", secret ?? "")
            {
                ClientSecretFile = settings.File(key, secret, _ => null),
            },
            TimeZone = TimeZone(settings, section),
        };
        return new CompanyOptions(company, api);
    }

    /// <summary>The company's own value, else the common one.</summary>
    private static (string Key, string? Value) OwnOrCommon(Settings settings, string section, string name)
    {
        var own = $"{section}:{name}";
        return settings.Text(own) is { } value
            ? (own, value)
            : ($"{Keys.RuangKerja}:{name}", settings.Text($"{Keys.RuangKerja}:{name}"));
    }

    private static Uri BaseUrl(Settings settings, string section)
    {
        var (key, text) = OwnOrCommon(settings, section, "BaseUrl");
        text ??= DefaultBaseUrl;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            RefuseOnce(settings, key, $"'{text}'");
        else if (url.UserInfo.Length > 0)
            RefuseOnce(settings, key, "an address with a user name or password, not shown");
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            RefuseOnce(settings, key, "an address with '?' or '#'");
        else
            return url;

        return new Uri(DefaultBaseUrl);
    }

    /// <summary>A common value is read once for each company, and is one fault all the same.</summary>
    private static void RefuseOnce(Settings settings, string key, string found)
    {
        if (settings.Faults.All(fault => fault.Key != key))
            settings.Refuse(key, found, $"an absolute http or https address, such as {DefaultBaseUrl}");
    }

    private static TimeZoneInfo TimeZone(Settings settings, string section)
    {
        var (key, text) = OwnOrCommon(settings, section, "TimeZone");
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text ?? DefaultTimeZone, out var zone))
            return zone;

        if (settings.Faults.All(fault => fault.Key != key))
            settings.Refuse(
                key,
                $"'{text ?? DefaultTimeZone}'",
                "a time zone this system knows, such as Asia/Jakarta (package tzdata)"
            );
        return TimeZoneInfo.Utc;
    }
}
