namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>What goes wrong.</summary>
internal enum ChaosFault
{
    /// <summary>SIGKILL; it starts again when the fault is over.</summary>
    Kill,

    /// <summary>SIGSTOP; SIGCONT when the fault is over.</summary>
    Freeze,

    /// <summary>It is asked to stop; it starts again when the fault is over.</summary>
    Restart,

    /// <summary>RabbitMQ's memory alarm: it reads nothing from publishers.</summary>
    MemoryAlarm,

    /// <summary>RabbitMQ closes all connections, the subscriber's too.</summary>
    ClosedConnections,

    /// <summary>Bytes go in and nothing comes out.</summary>
    BlackHole,

    /// <summary>Open connections are reset and new ones refused.</summary>
    Resets,

    /// <summary>Every chunk takes its time.</summary>
    Latency,

    /// <summary>A connection is reset after some bytes in one direction, which the other side has or has not got.</summary>
    CutConnection,

    /// <summary>Answers 500, 502, 503, 504, and 200 with a failure inside.</summary>
    FailingAnswers,

    /// <summary>Answers 429 to all but a few requests.</summary>
    Throttling,

    /// <summary>Connections are cut without an answer.</summary>
    CutAnswers,

    /// <summary>Every answer is held back for seconds.</summary>
    SlowAnswers,

    /// <summary>Every token is refused from now on.</summary>
    ExpiredTokens,

    /// <summary>Changes show in the feed and in the rosters only seconds later.</summary>
    LateRows,

    /// <summary>Rows stand twice in the feed.</summary>
    DoubledRows,

    /// <summary>Rosters shift between two pages.</summary>
    RosterDrift,

    /// <summary>Rows that nobody can accept.</summary>
    BadRows,
}
