namespace RuangKerja.Events.Service.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Key">The setting, such as <c>Storage:Schema</c>.</param>
/// <param name="Found">What it holds; never the value of a secret.</param>
/// <param name="Allowed">What it may hold, or what to do.</param>
public sealed record ConfigurationFault(string Key, string Found, string Allowed)
{
    /// <summary>Says that nothing was found.</summary>
    public const string Nothing = "nothing";

    /// <inheritdoc />
    public override string ToString() => $"{Key}: found {Found}; allowed: {Allowed}.";
}
