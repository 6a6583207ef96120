using RuangKerja.Events.Detection;
using RuangKerja.Events.IntegrationTests.Storage;

namespace RuangKerja.Events.IntegrationTests.Service;

public sealed class When_an_operator_clears_the_quarantine(Servers servers)
{
    [Fact]
    public async Task Should_show_why_retry_in_vain_and_discard()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var rejected = new RejectedRow("""{"employeeID":"ID-1","status":"done"}""", ["status 'done' is not known."]);
        await store.Store.CommitAsync(await store.PrepareAsync([], rejected: [rejected]), CancellationToken.None);
        var settings = new Dictionary<string, string>
        {
            ["RuangKerja:ClientId"] = "simulator",
            ["RuangKerja:ClientSecret"] = "simulator-secret",
            ["Storage:ConnectionString"] = store.Database.Options.ConnectionString,
        };

        var listed = await ServiceProcess.RunAsync(settings, "quarantine", "list", "--output", "json");
        listed.Code.ShouldBe(0, listed.Error);
        listed.Out.ShouldContain("status 'done' is not known.");

        var retried = await ServiceProcess.RunAsync(settings, "quarantine", "retry", "--all");
        retried.Code.ShouldBe(0, retried.Error);
        retried.Out.ShouldContain("1 rows tried, 0 accepted");
        retried.Out.ShouldContain("updatedAt is missing or empty.");

        (await ServiceProcess.RunAsync(settings, "quarantine", "discard")).Code.ShouldBe(2);
        (await ServiceProcess.RunAsync(settings, "quarantine", "discard", "1")).Out.ShouldContain("1 rows discarded.");
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.quarantine")).ShouldBe(0);
    }
}
