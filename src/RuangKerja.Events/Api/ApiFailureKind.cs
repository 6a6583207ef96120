namespace RuangKerja.Events.Api;

/// <summary>What a failure of the API asks for. It decides about retries, the health text and the exit code.</summary>
public enum ApiFailureKind
{
    /// <summary>It may pass by itself: ask again.</summary>
    Transient,

    /// <summary>The API asks for fewer requests: wait, then ask again.</summary>
    Throttled,

    /// <summary>Credentials, permission, certificate or address: a person is needed.</summary>
    Configuration,

    /// <summary>The answer is not what the API promises, or it refuses a request that should be right.</summary>
    Contract,
}
