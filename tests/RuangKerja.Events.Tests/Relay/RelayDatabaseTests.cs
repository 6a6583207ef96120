using RuangKerja.Events.Courses;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Relay;

public sealed class RelayDatabaseTests : IAsyncDisposable
{
    private readonly Clock _clock = new();
    private readonly ListedOutbox _outbox = new();
    private readonly Database _nowhere = new(new StorageOptions { ConnectionString = "Host=nowhere.invalid" });
    private readonly RelayDatabase _database;

    public RelayDatabaseTests() =>
        _database = new RelayDatabase(
            _outbox,
            new DatabaseSchema(_nowhere),
            new RelayOptions { RabbitMqUri = new Uri("amqp://127.0.0.1/") },
            _clock
        );

    [Fact]
    public async Task TrimThatFails_IsNotTriedAgainWithEveryTurn()
    {
        _outbox.Trims.Enqueue(null);
        await Should.ThrowAsync<StorageException>(TrimAsync);

        await TrimAsync();

        _outbox.Trims.Enqueue(1);
        _clock.Advance(TimeSpan.FromHours(1));
        await TrimAsync();
        _outbox.Trims.ShouldBeEmpty();
    }

    [Fact]
    public async Task MoreThanOnePortion_IsTrimmedTurnByTurn()
    {
        _outbox.Trims.Enqueue(int.MaxValue);
        _outbox.Trims.Enqueue(1);

        for (var turn = 0; turn < 3; turn++)
            await TrimAsync();

        _outbox.Trims.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _nowhere.DisposeAsync();

    private Task TrimAsync() => _database.TrimAsync(Company.Default, CancellationToken.None);
}
