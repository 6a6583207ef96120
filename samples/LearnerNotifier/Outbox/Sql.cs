namespace LearnerNotifier.Outbox;

/// <summary>The statements, each from the file in <c>Scripts</c> that has its name.</summary>
internal static class Sql
{
    public static readonly string Schema = Read("schema");
    public static readonly string Hear = Read("hear");
    public static readonly string Add = Read("add");
    public static readonly string Take = Read("take");
    public static readonly string Settle = Read("settle");

    private static string Read(string name)
    {
        using var stream = typeof(Sql).Assembly.GetManifestResourceStream($"{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
