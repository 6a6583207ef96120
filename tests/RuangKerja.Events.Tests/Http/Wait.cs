namespace RuangKerja.Events.Tests.Http;

/// <summary>Waits for a condition, with a deadline.</summary>
internal static class Wait
{
    public static Task Until(Func<bool> condition, TimeSpan deadline) =>
        Until(() => Task.FromResult(condition()), deadline);

    public static async Task Until(Func<Task<bool>> condition, TimeSpan deadline)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(begin).ShouldBeLessThan(deadline);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
