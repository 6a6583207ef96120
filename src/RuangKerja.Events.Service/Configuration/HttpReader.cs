namespace RuangKerja.Events.Service.Configuration;

/// <summary>Reads the section <c>Http</c>.</summary>
internal static class HttpReader
{
    private const string Key = "Http:Urls";
    private const string Form =
        $"http addresses of this machine only, such as {HttpOptions.DefaultUrl}, separated by ';'";

    public static HttpOptions Read(Settings settings)
    {
        if (settings.Text(Key) is not { } text)
            return new HttpOptions();

        var urls = new List<Uri>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(part, UriKind.Absolute, out var url) || url.Scheme != "http" || IsMoreThanAnAddress(url))
                settings.Refuse(Key, $"'{part}'", Form);
            else if (!url.IsLoopback)
                settings.Refuse(
                    Key,
                    $"'{part}'",
                    $"{Form}: there are no API keys in this version, so nobody else is let in"
                );
            else
                urls.Add(url);
        }

        if (urls.Count == 0 && settings.Faults.All(fault => fault.Key != Key))
            settings.Refuse(Key, $"'{text}'", Form);
        return new HttpOptions { Urls = urls };
    }

    private static bool IsMoreThanAnAddress(Uri url) =>
        url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0;
}
