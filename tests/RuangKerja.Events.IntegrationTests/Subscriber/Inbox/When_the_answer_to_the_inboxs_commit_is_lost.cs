using Npgsql;
using RuangKerja.Events.IntegrationTests.Faults;
using RuangKerja.Events.Subscriber.Inbox;
using static RuangKerja.Events.IntegrationTests.Subscriber.Inbox.InboxBench;

namespace RuangKerja.Events.IntegrationTests.Subscriber.Inbox;

/// <summary>The commit of effect and mark reaches the database or not, and its answer never comes.</summary>
[Trait("Promise", "P3")]
public sealed class When_the_answer_to_the_inboxs_commit_is_lost(Servers servers)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task F24_P3_Should_have_its_effect_once_when_it_is_tried_again(bool isDone)
    {
        await using var bench = await CreateAsync(servers);
        var address = new NpgsqlConnectionStringBuilder(bench.ConnectionString);
        await using var proxy = ChaosProxy.Before(address.Host!, address.Port);
        (address.Host, address.Port) = ("127.0.0.1", proxy.Port);
        var inbox = bench.Process(connectionString: address.ConnectionString).Inbox;
        await HandleAsync(inbox, Version(1));

        await using (var entry = await inbox.OpenAsync(Version(2), CancellationToken.None))
        {
            await AddEffectAsync(entry.Transaction!, Version(2));
            (isDone ? proxy.Downstream : proxy.Upstream).CutAfter(0);
            var failure = await Should.ThrowAsync<InboxException>(() => entry.CommitAsync(CancellationToken.None));
            failure.Message.ShouldContain("Committing version 2");
        }

        if (isDone)
            await Wait.Until(
                async () => (await bench.EffectsAsync()).Count == 2,
                TimeSpan.FromSeconds(30),
                "the commit is done"
            );
        (await bench.EffectsAsync()).Count.ShouldBe(isDone ? 2 : 1);
        (await HandleAsync(inbox, Version(2))).ShouldBe(isDone ? Verdict.Duplicate : Verdict.Handle);
        (await bench.EffectsAsync()).ShouldBe(["1", "2"]);
    }
}
