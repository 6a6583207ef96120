namespace CertificateIssuer.Register;

/// <summary>The statements, each from the file in <c>Scripts</c> that has its name.</summary>
internal static class Sql
{
    public static readonly string Schema = Read("schema");
    public static readonly string LaterReopening = Read("later_reopening");
    public static readonly string Issue = Read("issue");
    public static readonly string Reopen = Read("reopen");
    public static readonly string ValidBefore = Read("valid_before");
    public static readonly string Revoke = Read("revoke");
    public static readonly string Count = Read("count");
    public static readonly string Newest = Read("newest");
    public static readonly string File = Read("file");

    private static string Read(string name)
    {
        using var stream = typeof(Sql).Assembly.GetManifestResourceStream($"{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
