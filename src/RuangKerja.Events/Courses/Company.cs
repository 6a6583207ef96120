namespace RuangKerja.Events.Courses;

/// <summary>
/// One Ruangkerja organisation with its own credentials, by its configured name. It is Marten's tenant, the first part
/// of the routing key and a member of every message, so its letters are limited: see <see cref="TryCreate"/>.
/// </summary>
public readonly record struct Company
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 63;

    /// <summary>The company of a deployment that serves only one.</summary>
    public static readonly Company Default = new("default");

    /// <summary>What Marten calls the tenant of a deployment that has none.</summary>
    public const string MartenDefaultTenant = "*DEFAULT*";

    private Company(string name) => Name = name;

    /// <summary>The configured name.</summary>
    public string Name { get; }

    /// <summary>The value of every <c>tenant_id</c> column.</summary>
    public string TenantId => Name == Default.Name ? MartenDefaultTenant : Name;

    /// <summary>Accepts 1 to 63 lower-case letters, digits, hyphens and underscores, beginning with a letter or digit.</summary>
    public static bool TryCreate(string? name, out Company company)
    {
        company = default;
        if (name is not { Length: > 0 and <= LongestName } || !char.IsAsciiLetterOrDigit(name[0]))
            return false;

        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
            return false;

        company = new Company(name);
        return true;
    }

    /// <summary>The company of a <c>tenant_id</c>; false when another application has stored it.</summary>
    public static bool TryFromTenantId(string tenantId, out Company company) =>
        TryCreate(tenantId == MartenDefaultTenant ? Default.Name : tenantId, out company)
        && company.TenantId == tenantId;

    /// <inheritdoc />
    public override string ToString() => Name;
}
