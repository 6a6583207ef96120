namespace RuangKerja.Events.Service.Http.Access;

/// <summary>
/// One key as its file has it. A file that is gone, empty or not to be taken takes the key away, after a moment's grace:
/// whoever writes it anew may be in the middle of it. Not for several threads at once.
/// </summary>
internal sealed class WatchedKey(ApiKey key, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private string? _secret = key.Secret;
    private long? _troubleSince;

    public ApiKey Key => key;

    /// <summary>Its secret now; null when there is no such key any more.</summary>
    public string? Look()
    {
        if (key.File is not { } file)
            return key.Secret;

        if (file.TryRead(out var trouble) is { } content)
        {
            if (content != _secret)
                ApiKeyLog.Changed(logger, key.Name);
            _troubleSince = null;
            return _secret = content;
        }

        _troubleSince ??= time.GetTimestamp();
        if (_secret is not null && time.GetElapsedTime(_troubleSince.Value) >= Grace)
        {
            ApiKeyLog.Gone(logger, key.Name, trouble);
            _secret = null;
        }

        return _secret;
    }
}
