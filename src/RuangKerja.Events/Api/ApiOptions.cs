namespace RuangKerja.Events.Api;

/// <summary>How one company's part of the API is reached.</summary>
public sealed record ApiOptions
{
    /// <summary>Where the API is: an absolute http or https address, with or without a path. Default: https://api.ruangkerja.id.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.ruangkerja.id");

    /// <summary>The client id and secret the access token is asked for with.</summary>
    public required ApiCredentials Credentials { get; init; }

    /// <summary>The company's time zone: the offset its windows are asked for in.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>How long one request may take, from connecting to the last byte: 1 s … 10 min. Default: 30 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest answer that is read, in bytes after decompression: 1 KB … 1 GB. Default: 64 MB.</summary>
    public long MaxAnswerBytes { get; init; } = 64 * 1024 * 1024;
}
