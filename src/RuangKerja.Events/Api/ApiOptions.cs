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

    /// <summary>
    /// How long one reading may take with all its attempts and pauses: 1 s … 1 h. A retry that does not fit is not begun.
    /// Default: 2 min.
    /// </summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often one reading asks again after a failure that may pass: 0 … 10. Default: 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>
    /// How many requests go out per second, of all kinds together, retries and tokens included: 0.1 … 100. One second's
    /// worth may go out at once. Default: 5.
    /// </summary>
    public double RequestsPerSecond { get; init; } = 5;

    /// <summary>The largest answer that is read, in bytes after decompression: 1 KB … 1 GB. Default: 64 MB.</summary>
    public long MaxAnswerBytes { get; init; } = 64 * 1024 * 1024;
}
