namespace RuangKerja.Events.Service.Configuration;

/// <summary>Where the service answers. Section <c>Http</c>.</summary>
public sealed record HttpOptions
{
    /// <summary>The default of <see cref="Urls"/>.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>
    /// One or more loopback addresses, separated by semicolons in the setting; port 0 takes a free one. Nothing else is
    /// accepted, since there are no API keys yet. Default <see cref="DefaultUrl"/>.
    /// </summary>
    public IReadOnlyList<Uri> Urls { get; init; } = [new(DefaultUrl)];
}
