namespace RuangKerja.Events.Tests;

/// <summary>
/// Texts that others see, kept in the repository and reviewed as a difference. With <c>APPROVE=1</c> in the environment a
/// run writes them anew, and fails all the same where they were others.
/// </summary>
internal static class Pinned
{
    public static void ShouldBe(string path, string text)
    {
        var pinned = Repository.Has(path) ? Repository.Read(path) : null;
        if (pinned != text && Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, path), text);

        text.ShouldBe(
            pinned,
            $"{path} is pinned. If the change is meant, run the tests with APPROVE=1, and review it."
        );
    }
}
