namespace RuangKerja.Events.IntegrationTests.Faults.Judging;

/// <summary>What the oracle found. Every finding is a line that names the assignment.</summary>
/// <param name="Changes">How many things truly happened.</param>
/// <param name="Stored">How many changes are stored.</param>
/// <param name="Received">How many different events came to the subscriber.</param>
/// <param name="Waiting">How many are in the outbox, in whatever state.</param>
/// <param name="Collapsed">How many steps no poll could see: another followed before the next look.</param>
/// <param name="Repeated">How often an event came again, with the same id: allowed.</param>
internal sealed record Verdict(int Changes, int Stored, int Received, int Waiting, int Collapsed, int Repeated)
{
    /// <summary>P1: happened and not stored; or stored, and neither in the outbox nor received.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>P2: received and not stored; or stored, and never happened.</summary>
    public List<string> Ghosts { get; } = [];

    /// <summary>P3: two events for one change.</summary>
    public List<string> Doubled { get; } = [];

    /// <summary>P4: first deliveries of an assignment out of order, or versions with a gap.</summary>
    public List<string> Disordered { get; } = [];

    /// <summary>P3, where effects were counted: events received that had their effect twice, or none.</summary>
    public List<string> Effects { get; } = [];

    /// <summary>Whether every promise was kept.</summary>
    public bool IsClean => Lost.Count + Ghosts.Count + Doubled.Count + Disordered.Count + Effects.Count == 0;

    /// <summary>Whether nothing is on its way any more.</summary>
    public bool IsTold => Lost.Count == 0 && Waiting == 0 && Received >= Stored;

    /// <summary>Fails with the whole verdict unless all was told, once, in order, and nothing waits or was collapsed.</summary>
    public void ShouldBeComplete()
    {
        IsClean.ShouldBeTrue(ToString());
        Waiting.ShouldBe(0, ToString());
        Collapsed.ShouldBe(0, ToString());
        Received.ShouldBe(Changes, ToString());
    }

    /// <inheritdoc />
    public override string ToString() =>
        $"""
            changes {Changes}, stored {Stored}, received {Received}, waiting {Waiting}, collapsed {Collapsed}, repeated {Repeated}
            {Lines("lost", Lost)}
            {Lines("ghosts", Ghosts)}
            {Lines("doubled", Doubled)}
            {Lines("out of order", Disordered)}
            {Lines("effects not once", Effects)}
            """;

    private static string Lines(string what, List<string> findings) =>
        string.Join("\n    ", findings.Prepend($"{what}: {findings.Count}"));
}
