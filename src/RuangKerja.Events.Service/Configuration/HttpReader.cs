namespace RuangKerja.Events.Service.Configuration;

/// <summary>Reads the section <c>Http</c>.</summary>
internal static class HttpReader
{
    private const string Key = "Http:Urls";
    private const string Form =
        $"http addresses of this machine only, such as {HttpOptions.DefaultUrl}, separated by ';'";
    private const string FormWithKeys =
        $"http addresses to listen on, such as {HttpOptions.DefaultUrl} or http://0.0.0.0:8080, separated by ';'";

    public static HttpOptions Read(Settings settings)
    {
        var options = new HttpOptions { ApiKeys = ApiKeysReader.Read(settings) };
        // One key that is faulty says already that others are to be let in.
        var guarded = settings.KeysBelow(Keys.ApiKeys).Any();
        return settings.Text(Key) is { } text ? options with { Urls = Urls(settings, text, guarded) } : options;
    }

    private static List<Uri> Urls(Settings settings, string text, bool guarded)
    {
        var form = guarded ? FormWithKeys : Form;
        var urls = new List<Uri>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(part, UriKind.Absolute, out var url) || url.Scheme != "http" || IsMoreThanAnAddress(url))
                settings.Refuse(Key, $"'{part}'", form);
            else if (!IsAddress(url))
                settings.Refuse(
                    Key,
                    $"'{part}'",
                    $"{form}: a name but localhost would listen on every address; write the address, or 0.0.0.0 for all"
                );
            else if (!url.IsLoopback && !guarded)
                settings.Refuse(
                    Key,
                    $"'{part}'",
                    $"{Form}: there are no API keys, so nobody else is let in; set {Keys.ApiKeys}:<name>:KeyFile and :Role first"
                );
            else
                urls.Add(url);
        }

        if (urls.Count == 0 && settings.Faults.All(fault => fault.Key != Key))
            settings.Refuse(Key, $"'{text}'", form);
        return urls;
    }

    // The server takes every name but this one for all addresses of the machine.
    private static bool IsAddress(Uri url) =>
        url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || url.Host == "localhost";

    private static bool IsMoreThanAnAddress(Uri url) =>
        url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0;
}
