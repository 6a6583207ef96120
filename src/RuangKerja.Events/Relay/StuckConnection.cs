namespace RuangKerja.Events.Relay;

/// <summary>
/// Judges by what the passes come to whether the relay's connection is stuck: nothing gets an answer over it, while the
/// broker answers the monitor.
/// </summary>
internal sealed class StuckConnection(BrokerState broker)
{
    private const int SilentPasses = 2;

    private int _silent;
    private long _since;

    /// <summary>Takes the outcome of a pass in; true when the connection is to be opened anew.</summary>
    /// <param name="began">The timestamp from before the pass.</param>
    public bool Is(RelayPass pass, long began)
    {
        if (pass.Failure?.Kind == BrokerFailureKind.Stuck)
            return Start(over: true);
        if (pass.Failure?.Kind != BrokerFailureKind.Silent || pass.Confirmed + pass.Unroutable + pass.Refused > 0)
            return Start(over: false);

        if (_silent++ == 0)
            _since = began;
        return _silent >= SilentPasses && broker.HasTakenSince(_since) && Start(over: true);
    }

    private bool Start(bool over)
    {
        _silent = 0;
        return over;
    }
}
