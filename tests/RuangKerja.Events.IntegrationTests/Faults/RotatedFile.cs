namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A file as a secret's manager writes it.</summary>
internal sealed class RotatedFile : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public SecretFile Holding(string content)
    {
        File.WriteAllText(_path, $"{content}\n");
        return new SecretFile("File", _path, content, File.ReadAllText, whatIsWrong: _ => null);
    }

    public void Replace(string before, string now) =>
        File.WriteAllText(_path, File.ReadAllText(_path).Replace(before, now, StringComparison.Ordinal));

    public void Dispose() => File.Delete(_path);
}
