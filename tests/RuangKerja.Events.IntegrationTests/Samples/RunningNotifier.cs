using Npgsql;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The sample LearnerNotifier as a process.</summary>
internal sealed class RunningNotifier : IAsyncDisposable
{
    public const string Queue = "learner-notifier";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProcess _process;
    private readonly NpgsqlDataSource _database;

    private RunningNotifier(ServiceProcess process, NpgsqlDataSource database) =>
        (_process, _database) = (process, database);

    /// <summary>What it has printed and complained about.</summary>
    public string Says => _process.Out + _process.Error;

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <param name="settings">Others than the usual ones.</param>
    public static async Task<RunningNotifier> StartAsync(
        Uri broker,
        string database,
        SmtpServer smtp,
        params (string Key, string Value)[] settings
    )
    {
        var notifier = Launch(broker, database, smtp.Port, settings);
        await notifier.WaitUntilItListensAsync();
        return notifier;
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public static RunningNotifier Launch(
        Uri broker,
        string database,
        int smtpPort,
        params (string Key, string Value)[] settings
    )
    {
        var all = new Dictionary<string, string>
        {
            ["Broker"] = broker.AbsoluteUri,
            ["Database"] = database,
            ["Learners:Domain"] = "example.test",
            ["Smtp:Host"] = "localhost",
            ["Smtp:Port"] = $"{smtpPort}",
            ["Smtp:StartTls"] = "false",
            ["Smtp:From"] = "ruangkerja@example.test",
            // The messages of the tests have times of their own.
            ["News:Oldest"] = "3650.00:00:00",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        if (all.ContainsKey("Learners:File"))
            all.Remove("Learners:Domain");
        return new RunningNotifier(
            ServiceProcess.StartProgram(SamplePrograms.Find("LearnerNotifier"), all),
            NpgsqlDataSource.Create(database)
        );
    }

    public async Task WaitUntilItListensAsync()
    {
        await WaitForLineAsync("Listening on");
        _process.IsRunning.ShouldBeTrue(Says);
    }

    public async Task WaitForLineAsync(string part)
    {
        await Wait.Until(
            () => _process.Out.Contains(part) || !_process.IsRunning,
            Patience,
            $"the notifier says {part}"
        );
        _process.Out.ShouldContain(part, customMessage: _process.Error);
    }

    public static Task WaitForMailsAsync(SmtpServer smtp, int count) =>
        Wait.Until(() => smtp.CountMails() >= count, Patience, $"{count} mails");

    /// <summary>How many mails wait, and the reasons for which mails were given up.</summary>
    public async Task<(long Waiting, string GivenUp)> ReadOutboxAsync()
    {
        await using var command = _database.CreateCommand(
            """
            select count(*) filter (where sent_at is null and given_up_at is null),
                coalesce(string_agg(attempts || ' attempt: ' || trouble, '; ') filter (where given_up_at is not null), '')
            from notifier.mail
            """
        );
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetString(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _database.DisposeAsync();
    }
}
