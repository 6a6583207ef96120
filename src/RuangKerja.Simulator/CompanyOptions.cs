namespace RuangKerja.Simulator;

/// <summary>One company that may ask for a token. The defaults are the ones a single-company setup expects.</summary>
public sealed record CompanyOptions
{
    /// <summary>The name in the ledger and in control requests; it is never sent upstream. Default <c>default</c>.</summary>
    public string Name { get; init; } = "default";

    /// <summary>What the token request must carry as <c>clientID</c>. Default <c>simulator</c>.</summary>
    public string ClientId { get; init; } = "simulator";

    /// <summary>What the token request must carry as <c>clientSecret</c>. Default <c>simulator-secret</c>.</summary>
    public string ClientSecret { get; init; } = "simulator-secret";

    /// <summary>The company's time zone as a fixed offset: of the feed's timestamps and of a roster's dates. Whole minutes, -14:00 to +14:00; default +07:00.</summary>
    public TimeSpan UtcOffset { get; init; } = TimeSpan.FromHours(7);
}
