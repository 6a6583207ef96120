using RuangKerja.Events.Subscriber.Inbox.Postgres;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class PostgresInboxOptionsTests
{
    [Fact]
    public void Accepts_defaults() => new PostgresInboxOptions().Faults().ShouldBeEmpty();

    [Fact]
    public void Names_every_fault_with_what_was_found()
    {
        var faults = new PostgresInboxOptions
        {
            Schema = "Inbox; drop table x",
            Retention = TimeSpan.FromHours(1),
            CommandTimeout = TimeSpan.Zero,
        }
            .Faults()
            .ToList();

        faults.Count.ShouldBe(3);
        faults.ShouldContain(fault => fault.Contains("Inbox; drop table x"));
        faults.ShouldContain(fault => fault.Contains("01:00:00"));
        faults.ShouldContain(fault => fault.Contains("00:00:00"));
    }

    [Theory]
    [InlineData("Host=db;Database=hr", 0)]
    [InlineData("Database=hr", 1)]
    [InlineData("Password=secret;nonsense", 1)]
    public void Connection_string_is_looked_at_and_never_repeated(string connectionString, int faults)
    {
        var found = InboxConnections.FaultsOf(connectionString).ToList();

        found.Count.ShouldBe(faults);
        found.ShouldAllBe(fault => !fault.Contains("secret"));
    }
}
