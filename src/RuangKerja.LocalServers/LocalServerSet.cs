namespace RuangKerja.LocalServers;

/// <summary>A private PostgreSQL and a private RabbitMQ, started side by side.</summary>
public sealed class LocalServerSet : IAsyncDisposable
{
    private LocalServerSet(PostgresServer postgres, RabbitMqServer rabbitMq)
    {
        Postgres = postgres;
        RabbitMq = rabbitMq;
    }

    /// <summary>The database server.</summary>
    public PostgresServer Postgres { get; }

    /// <summary>The message broker.</summary>
    public RabbitMqServer RabbitMq { get; }

    /// <summary>Starts both; when one fails, the other is stopped too.</summary>
    /// <exception cref="ServerProgramsMissingException">Programs of either are not installed.</exception>
    /// <exception cref="ServerStartException">One ended, or did not answer in time.</exception>
    public static async Task<LocalServerSet> StartAsync(
        PostgresServerOptions? postgresOptions = null,
        RabbitMqServerOptions? rabbitMqOptions = null,
        CancellationToken cancellationToken = default
    )
    {
        RequirePrograms(postgresOptions, rabbitMqOptions);
        var postgres = PostgresServer.StartAsync(postgresOptions, cancellationToken);
        var rabbitMq = RabbitMqServer.StartAsync(rabbitMqOptions, cancellationToken);
        try
        {
            await Task.WhenAll(postgres, rabbitMq);
            return new LocalServerSet(await postgres, await rabbitMq);
        }
        catch
        {
            if (postgres.IsCompletedSuccessfully)
                await (await postgres).DisposeAsync();
            if (rabbitMq.IsCompletedSuccessfully)
                await (await rabbitMq).DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops both and removes their folders.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(Postgres.DisposeAsync().AsTask(), RabbitMq.DisposeAsync().AsTask());

    /// <summary>Names everything that is missing at once, for one visit to the package manager.</summary>
    private static void RequirePrograms(PostgresServerOptions? postgres, RabbitMqServerOptions? rabbitMq)
    {
        var missing = new List<string>();
        InstalledPrograms.FindPostgres(postgres?.ProgramFolder, missing);
        InstalledPrograms.FindRabbitMq(rabbitMq?.ProgramFolder, missing);
        InstalledPrograms.FindPortMapper(missing);
        if (missing.Count > 0)
            throw new ServerProgramsMissingException(missing);
    }
}
