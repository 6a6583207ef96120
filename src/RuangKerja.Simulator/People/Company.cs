namespace RuangKerja.Simulator.People;

/// <summary>A company with credentials and its own population.</summary>
public sealed class Company
{
    internal Company(CompanyOptions options, Population population)
    {
        Options = options;
        Population = population;
    }

    /// <summary>The name in the ledger and in control requests.</summary>
    public string Name => Options.Name;

    /// <summary>As configured, credentials included.</summary>
    public CompanyOptions Options { get; }

    /// <summary>Its courses, employees and assignments.</summary>
    public Population Population { get; }

    /// <summary>An instant as its rows carry it: whole seconds, its own offset.</summary>
    internal DateTimeOffset Instant(DateTimeOffset at) => Population.Instant(at);
}
