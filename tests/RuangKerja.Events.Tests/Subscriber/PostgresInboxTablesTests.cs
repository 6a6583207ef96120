using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Inbox.Postgres;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class PostgresInboxTablesTests
{
    private const int Deliveries = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>All that were handed out ask at once, at a start and again and again while the database is away.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deliveries_that_come_at_once_share_a_look_over_one_connection(bool transactions)
    {
        using var database = new TcpListener(IPAddress.Loopback, 0);
        database.Start();
        await using var parts = PartsOn((IPEndPoint)database.LocalEndpoint, transactions);

        var opened = Enumerable.Range(0, Deliveries).Select(n => OpenAsync(parts.Inbox, n)).ToList();
        var all = Task.WhenAll(opened);
        var connections = 0;
        while (!all.IsCompleted)
        {
            // It hangs up on who comes, once it is known who does.
            var connection = database.AcceptSocketAsync();
            if (await Task.WhenAny(connection, all).WaitAsync(Patience) == all)
                break;
            connections++;
            (await connection).Dispose();
        }

        // What came while the first was under way asks once more.
        connections.ShouldBeInRange(1, 2);
        (await all).ShouldAllBe(failure => failure is InboxException);
    }

    private static PostgresInboxParts PartsOn(IPEndPoint database, bool transactions)
    {
        var settings = SubscriberSettings.Of<CertificateConsumer>(new SubscriberOptions());
        return new PostgresInboxParts(
            new InboxConnections(
                $"Host={database.Address};Port={database.Port};Database=hr;Username=hr;SSL Mode=Disable;GSS Encryption Mode=Disable",
                settings.Concurrency
            ),
            settings,
            new PostgresInboxOptions { TransactionPerMessage = transactions },
            NullLoggerFactory.Instance
        );
    }

    private static Task<Exception?> OpenAsync(IInbox inbox, int n) =>
        Record
            .ExceptionAsync(() =>
                inbox.OpenAsync(
                    new Delivery("hr", Guid.NewGuid(), "default", $"A-{n}", 1, 1, ReplayId: null),
                    CancellationToken.None
                )
            )
            .AsTask();
}
