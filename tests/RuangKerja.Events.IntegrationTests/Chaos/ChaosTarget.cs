namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>What can go wrong.</summary>
internal enum ChaosPart
{
    /// <summary>A process of the service.</summary>
    Instance,

    /// <summary>PostgreSQL.</summary>
    Database,

    /// <summary>RabbitMQ.</summary>
    Broker,

    /// <summary>The network between one instance and PostgreSQL.</summary>
    WayToDatabase,

    /// <summary>The network between one instance and RabbitMQ.</summary>
    WayToBroker,

    /// <summary>The simulated upstream.</summary>
    Api,
}

/// <summary>What a fault hits.</summary>
/// <param name="Instance">Which process of the service, 1 or 2; 0 for what all have in common.</param>
internal readonly record struct ChaosTarget(ChaosPart Part, int Instance)
{
    /// <summary>How many processes of the service there are.</summary>
    public const int Instances = 2;

    public static bool IsOfOneInstance(ChaosPart part) =>
        part is ChaosPart.Instance or ChaosPart.WayToDatabase or ChaosPart.WayToBroker;

    /// <inheritdoc />
    public override string ToString() =>
        Part switch
        {
            ChaosPart.Instance => $"instance {Instance}",
            ChaosPart.Database => "PostgreSQL",
            ChaosPart.Broker => "RabbitMQ",
            ChaosPart.WayToDatabase => $"instance {Instance} to PostgreSQL",
            ChaosPart.WayToBroker => $"instance {Instance} to RabbitMQ",
            _ => "API",
        };
}
