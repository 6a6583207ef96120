namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The samples as they were built: each with what it needs beside it, which a test's own folder has not.</summary>
internal static class SamplePrograms
{
    /// <summary>The assembly of a sample, of the same configuration and framework as these tests.</summary>
    public static string Find(string name)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var variant = Path.Combine("bin", output.Parent!.Name, output.Name, $"{name}.dll");
        for (var folder = output; folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "samples", name, variant) is var file && File.Exists(file))
                return file;
        throw new FileNotFoundException($"The sample {name} is not built: {variant} is in no folder samples above.");
    }
}
