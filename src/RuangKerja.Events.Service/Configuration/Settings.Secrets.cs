namespace RuangKerja.Events.Service.Configuration;

internal sealed partial class Settings
{
    private const string FileSuffix = "File";

    /// <summary>How a secret is told apart in a message without being told.</summary>
    public static string Hidden(string secret) => $"a secret of {secret.Length} characters, not shown";

    /// <summary>
    /// The value of the key, or the content of the file that <c>{key}File</c> names, without the line break at its end.
    /// </summary>
    /// <param name="key">The setting.</param>
    /// <param name="allowed">What it should hold, for the fault when neither is set; null when it may be absent.</param>
    /// <returns>Null when there is none.</returns>
    public string? Secret(string key, string? allowed)
    {
        var (value, path) = (Text(key), Text(key + FileSuffix));
        switch (value, path)
        {
            case (not null, not null):
                Refuse(key, $"a value, and {key}{FileSuffix} beside it", "one of the two");
                return null;
            case (not null, null):
                return value;
            case (null, not null):
                return ReadFile(key + FileSuffix, path);
            default:
                if (allowed is not null)
                    Refuse(
                        key,
                        ConfigurationFault.Nothing,
                        $"{allowed}, or {key}{FileSuffix} with the path of a file that holds it"
                    );
                return null;
        }
    }

    /// <summary>
    /// The file a secret came from, to be read again when it is needed; null when the secret was given as a value, or is not
    /// to be had.
    /// </summary>
    /// <param name="key">The setting, without <c>File</c>.</param>
    /// <param name="atStart">What <see cref="Secret"/> has found.</param>
    /// <param name="whatIsWrong">Why a later content cannot be taken; null when it can.</param>
    public SecretFile? File(string key, string? atStart, Func<string, string?> whatIsWrong) =>
        atStart is not null && Text(key + FileSuffix) is { } path
            ? new SecretFile(key + FileSuffix, path, atStart, readFile, whatIsWrong)
            : null;

    private string? ReadFile(string key, string path)
    {
        try
        {
            if (readFile(path).TrimEnd('\r', '\n') is { } content && !string.IsNullOrWhiteSpace(content))
                return content;

            Refuse(key, $"'{path}', which is empty", "the path of a file that holds the secret");
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var trouble = error switch
            {
                FileNotFoundException or DirectoryNotFoundException => "which is not there",
                UnauthorizedAccessException => "which may not be read",
                _ => "which cannot be read",
            };
            Refuse(key, $"'{path}', {trouble}", "the path of a file that holds the secret");
        }

        return null;
    }
}
