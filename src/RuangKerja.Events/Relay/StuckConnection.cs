namespace RuangKerja.Events.Relay;

/// <summary>
/// Judges by what the passes come to whether the relay's connection is stuck: nothing gets an answer over it, while the
/// broker answers the monitor.
/// </summary>
/// <remarks>
/// A queue that stores nothing looks the same when there are messages for no other. So a new connection that brings no answer
/// either is given twice as many passes as the one before.
/// </remarks>
internal sealed class StuckConnection(BrokerState broker, TimeProvider time)
{
    private const int FewestPasses = 2;
    private const int MostPasses = 64;

    private int _enough = FewestPasses;
    private int _silent;

    /// <summary>The timestamp from which on nothing was answered.</summary>
    public long Since { get; private set; }

    /// <summary>Takes the outcome of a pass in; true when the connection is to be opened anew.</summary>
    /// <param name="began">The timestamp from before the pass.</param>
    public bool Is(RelayPass pass, long began)
    {
        if (pass.Failure?.Kind == BrokerFailureKind.Stuck)
        {
            // Whatever others get over it.
            Since = time.GetTimestamp();
            _silent = 0;
            return true;
        }

        if (pass.IsSilent)
            return IsEnough(began);
        // Nothing was there to be sent: that says nothing.
        if (pass.Taken > 0 || pass.Failure is not null)
            Reset();
        return false;
    }

    /// <summary>Another instance sends now, or somebody has got an answer.</summary>
    public void Reset()
    {
        _silent = 0;
        _enough = FewestPasses;
    }

    private bool IsEnough(long began)
    {
        if (_silent++ == 0)
            Since = began;
        if (_silent < _enough || !broker.HasTakenSince(Since))
            return false;

        _silent = 0;
        _enough = Math.Min(2 * _enough, MostPasses);
        return true;
    }
}
