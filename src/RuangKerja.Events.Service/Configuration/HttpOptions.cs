using RuangKerja.Events.Service.Http.Access;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Where the service answers, and whom. Section <c>Http</c>.</summary>
public sealed record HttpOptions
{
    /// <summary>The default of <see cref="Urls"/>.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>
    /// One or more addresses, separated by semicolons in the setting; port 0 takes a free one. Without API keys only loopback
    /// is accepted. Default <see cref="DefaultUrl"/>.
    /// </summary>
    public IReadOnlyList<Uri> Urls { get; init; } = [new(DefaultUrl)];

    /// <summary>Who may use the API; empty: whoever reaches it.</summary>
    public IReadOnlyList<ApiKey> ApiKeys { get; init; } = [];

    /// <summary>Where a program on this machine reaches the service: an address that stands for all is none to connect to.</summary>
    public Uri LocalUrl =>
        Urls[0].Host switch
        {
            "0.0.0.0" => new UriBuilder(Urls[0]) { Host = "127.0.0.1" }.Uri,
            "[::]" => new UriBuilder(Urls[0]) { Host = "[::1]" }.Uri,
            _ => Urls[0],
        };
}
