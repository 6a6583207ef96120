namespace RuangKerja.Events.Service.Http.Api.Streams;

/// <summary>How many streams one instance keeps open at once.</summary>
internal sealed class StreamPlaces
{
    /// <summary>The most.</summary>
    public const int Most = 100;

    private int _taken;

    /// <summary>Takes a place, to be given back by disposing of it; null when there is none.</summary>
    public IDisposable? Take()
    {
        if (Interlocked.Increment(ref _taken) <= Most)
            return new Place(this);

        Interlocked.Decrement(ref _taken);
        return null;
    }

    private sealed class Place(StreamPlaces places) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
                Interlocked.Decrement(ref places._taken);
        }
    }
}
