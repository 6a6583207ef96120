using System.Diagnostics;

namespace RuangKerja.Events.IntegrationTests;

/// <summary>Waits for what comes about by itself; never for time to pass.</summary>
internal static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns once the condition holds; throws <see cref="TimeoutException"/> after the deadline.</summary>
    public static Task Until(Func<bool> condition, TimeSpan deadline, string what) =>
        Until(() => Task.FromResult(condition()), deadline, what);

    /// <inheritdoc cref="Until(Func{bool}, TimeSpan, string)"/>
    public static async Task Until(Func<Task<bool>> condition, TimeSpan deadline, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > deadline)
                throw new TimeoutException($"Waited {deadline.TotalSeconds:0} s in vain for this: {what}.");
            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}
