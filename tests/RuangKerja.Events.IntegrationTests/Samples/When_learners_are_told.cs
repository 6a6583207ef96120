using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.Subscriber;
using RuangKerja.Events.Subscriber.Testing;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The sample LearnerNotifier with a real broker, a real database and a real mail server.</summary>
[Trait("Promise", "P3")]
public sealed class When_learners_are_told(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_come_once_in_the_learners_language_and_of_what_is_news_alone()
    {
        var (broker, database) = (await servers.CreateVirtualHostAsync(), await servers.CreateDatabaseAsync());
        await using var smtp = await SmtpServer.StartAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        var learners = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            learners,
            "company,employeeId,address,language\ndefault,ID-1,budi@example.test,id\ndefault,ID-2,Jane@example.test,en\n"
        );
        await using var notifier = await RunningNotifier.StartAsync(
            broker,
            database,
            smtp,
            ("Learners:File", learners)
        );
        var budi = new TestAssignment("ID-1", "Keselamatan <Kerja> & „K3”");
        var jane = new TestAssignment("ID-2", "安全 Safety");
        var nobody = new TestAssignment("ID-3");
        CourseStatusChanged[] life = [budi.Assigned(), budi.Started(), budi.Completed(87.5)];

        await publisher.PublishAsync([.. life, .. life]);
        await publisher.PublishAsync(nobody.Assigned(), jane.Assigned());
        await RunningNotifier.WaitForMailsAsync(smtp, 3);
        await notifier.WaitForLineAsync("(Unknown)");

        var mails = smtp.ReadMails();
        mails
            .Select(m => m.Subject)
            .ShouldBe(
                [
                    "Kursus baru: Keselamatan <Kerja> & „K3”",
                    "Selesai: Keselamatan <Kerja> & „K3”",
                    "New course: 安全 Safety",
                ],
                ignoreOrder: true
            );
        var completed = mails.Single(m => m.Subject.StartsWith("Selesai"));
        completed.Recipients.ShouldBe(["budi@example.test"]);
        completed.MessageId.ShouldBe($"<{life[2].EventId}@example.test>");
        completed.Text.ShouldNotBeNull().ShouldContain("kursus “Keselamatan <Kerja> & „K3””");
        completed.Text.ShouldContain("Nilai: 87,5.");
        completed.Html.ShouldNotBeNull().ShouldContain("Keselamatan &lt;Kerja&gt; &amp;");
        completed.Headers["Content-Language"].ShouldBe("id");
        completed.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        (await notifier.ReadOutboxAsync()).Waiting.ShouldBe(0);
        File.Delete(learners);
    }

    [Fact]
    public async Task Should_come_later_when_the_mail_server_is_away()
    {
        var (broker, database) = (await servers.CreateVirtualHostAsync(), await servers.CreateDatabaseAsync());
        await using var smtp = await SmtpServer.StartAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await smtp.StopAsync();
        await using var notifier = await RunningNotifier.StartAsync(broker, database, smtp);

        await publisher.PublishAsync(new TestAssignment("ID-1").Assigned(), new TestAssignment("ID-2").Assigned());
        await Wait.Until(async () => (await notifier.ReadOutboxAsync()).Waiting == 2, Patience, "two mails wait");
        await notifier.WaitForLineAsync("No mail can be sent now");
        await smtp.StartAgainAsync();
        await RunningNotifier.WaitForMailsAsync(smtp, 2);

        smtp.ReadMails()
            .SelectMany(m => m.Recipients)
            .ShouldBe(["ID-1@example.test", "ID-2@example.test"], ignoreOrder: true);
        // Nothing of it was the messages' trouble.
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        (await queues.DepthAsync($"{RunningNotifier.Queue}_error") ?? 0).ShouldBe(0u);
    }

    [Fact]
    public async Task Should_be_given_up_for_whom_is_refused_and_put_off_for_who_is_busy_while_others_get_theirs()
    {
        var (broker, database) = (await servers.CreateVirtualHostAsync(), await servers.CreateDatabaseAsync());
        await using var smtp = await SmtpServer.StartAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        smtp.Refuse("GONE@example.test", "550 5.1.1 No such user");
        smtp.Refuse("BUSY@example.test", "450 4.2.1 Try again later");
        await using var notifier = await RunningNotifier.StartAsync(broker, database, smtp);

        var busy = new TestAssignment("BUSY");
        await publisher.PublishAsync(
            new TestAssignment("GONE").Assigned(),
            busy.Assigned(),
            new TestAssignment("HERE").Assigned()
        );
        await RunningNotifier.WaitForMailsAsync(smtp, 1);
        await notifier.WaitForLineAsync("(PutOff)");
        smtp.Accept("BUSY@example.test");
        // It is due at once, the one before it in some seconds.
        await publisher.PublishAsync(busy.Completed());
        await RunningNotifier.WaitForMailsAsync(smtp, 3);

        // Those of one learner in their order.
        smtp.ReadMails()
            .Where(m => m.Recipients[0].StartsWith("BUSY"))
            .Select(m => m.Subject.Split(':')[0])
            .ShouldBe(["Kursus baru", "Selesai"]);
        var (waiting, givenUp) = await notifier.ReadOutboxAsync();
        waiting.ShouldBe(0);
        givenUp.ShouldStartWith("1 attempt: 550");
    }

    [Fact]
    public async Task Should_not_come_of_a_replayed_past_but_of_what_was_missed()
    {
        var (broker, database) = (await servers.CreateVirtualHostAsync(), await servers.CreateDatabaseAsync());
        await using var smtp = await SmtpServer.StartAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var notifier = await RunningNotifier.StartAsync(broker, database, smtp);
        var (known, past, last) = (new TestAssignment("KNOWN"), new TestAssignment("PAST"), new TestAssignment("LAST"));
        var replay = Guid.NewGuid();

        await publisher.PublishAsync(known.Assigned());
        await RunningNotifier.WaitForMailsAsync(smtp, 1);
        // The completion was lost on its way; the replay that brings it brings an assignment of before, too.
        await publisher.ReplayAsync(
            RunningNotifier.Queue,
            replay,
            past.Assigned(),
            past.Completed(),
            known.Completed()
        );
        await publisher.PublishAsync(past.Reopened(), last.Assigned());
        await RunningNotifier.WaitForMailsAsync(smtp, 4);
        await notifier.WaitForLineAsync("(Replayed)");

        smtp.ReadMails()
            .Select(m => $"{m.Recipients[0].Split('@')[0]} {m.Subject.Split(':')[0]}")
            .ShouldBe(
                ["KNOWN Kursus baru", "KNOWN Selesai", "PAST Dibuka kembali", "LAST Kursus baru"],
                ignoreOrder: true
            );
    }
}
