namespace RuangKerja.Events.IntegrationTests;

/// <summary>A PostgreSQL for all tests, wherever it runs.</summary>
/// <param name="Server">What ends with the tests.</param>
internal sealed record SharedPostgres(string ConnectionString, IAsyncDisposable Server);

/// <summary>A RabbitMQ for all tests, wherever it runs.</summary>
/// <param name="RabbitMqCtlAsync">Runs <c>rabbitmqctl</c> on it; fails when that does.</param>
/// <param name="Server">What ends with the tests.</param>
internal sealed record SharedRabbitMq(Uri AmqpUri, Func<string[], Task> RabbitMqCtlAsync, IAsyncDisposable Server);
