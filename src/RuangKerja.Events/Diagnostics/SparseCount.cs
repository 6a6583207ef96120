namespace RuangKerja.Events.Diagnostics;

/// <summary>Counts what happens too often to be logged each time: told at once, then at most once per interval, with the sum.</summary>
internal sealed class SparseCount(TimeSpan interval, TimeProvider time)
{
    private long _untold;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Adds to the count; true when it is time to tell, and then how many there were since it was told last.</summary>
    public bool Add(int count, out long sinceLast)
    {
        sinceLast = _untold += count;
        var now = time.GetUtcNow();
        if (_untold == 0 || now < _next)
            return false;

        _untold = 0;
        _next = now + interval;
        return true;
    }
}
