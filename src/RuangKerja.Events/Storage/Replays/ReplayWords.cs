namespace RuangKerja.Events.Storage.Replays;

/// <summary>States and doors as the tables spell them.</summary>
internal static class ReplayWords
{
    private static readonly (ReplayState State, string Word)[] States =
    [
        (ReplayState.Waiting, "waiting"),
        (ReplayState.Running, "running"),
        (ReplayState.Paused, "paused"),
        (ReplayState.Finished, "finished"),
        (ReplayState.Cancelled, "cancelled"),
        (ReplayState.Failed, "failed"),
    ];

    private static readonly (ReplayDoor Door, string Word)[] Doors =
    [
        (ReplayDoor.CommandLine, "command_line"),
        (ReplayDoor.Http, "http"),
        (ReplayDoor.Bus, "bus"),
    ];

    public static string Of(ReplayState state) => States.Single(pair => pair.State == state).Word;

    public static string Of(ReplayDoor door) => Doors.Single(pair => pair.Door == door).Word;

    public static ReplayState State(string word) => States.Single(pair => pair.Word == word).State;

    public static ReplayDoor Door(string word) => Doors.Single(pair => pair.Word == word).Door;
}
