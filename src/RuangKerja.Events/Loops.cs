namespace RuangKerja.Events;

/// <summary>Loops that run beside each other for as long as the program runs.</summary>
internal static class Loops
{
    /// <summary>Ends when all have ended, or with the first one's fault: the others would hide it for as long as they run.</summary>
    public static async Task RunAsync(IEnumerable<Task> loops)
    {
        await foreach (var ended in Task.WhenEach(loops))
            await ended;
    }
}
