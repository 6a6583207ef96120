using RuangKerja.Events.IntegrationTests.Service;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

public sealed class When_the_demo_runs
{
    private static readonly Dictionary<string, string> NoSettings = [];

    [Fact]
    public async Task Should_end_with_counts_that_agree()
    {
        await using var demo = ServiceProcess.Start(NoSettings, "demo", "--for", "10", "--rate", "300");

        (await demo.WaitForExitAsync(TimeSpan.FromSeconds(180))).ShouldBe(0, demo.Out + demo.Error);

        var lines = demo.Out.Split('\n');
        var counts = lines
            .Where(line =>
                line.Contains("ledger transitions") || line.Contains("events stored") || line.Contains("messages ")
            )
            .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]))
            .ToList();
        counts.Count.ShouldBe(4);
        counts.ShouldAllBe(count => count == counts[0] && count > 0);
        lines.Count(line => line.Contains("notifier") && line.Contains(", event ")).ShouldBe(counts[0]);
        CountOf("  certificates ")
            .ShouldBe(lines.Count(line => line.Contains("issuer      RK-") && !line.Contains("  revoked  ")));
        CountOf("  certificates ").ShouldBeGreaterThan(0);
        CountOf("  mails ").ShouldBe(lines.Count(line => line.Contains("  mail, event ")));
        CountOf("  mails ").ShouldBeGreaterThan(0);

        int CountOf(string row) =>
            int.Parse(lines.Single(line => line.StartsWith(row)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    [Fact]
    public async Task Should_show_certificates_and_mails_and_count_to_the_end_when_it_is_interrupted()
    {
        await using var demo = ServiceProcess.Start(NoSettings, "demo", "--rate", "600");
        await Wait.Until(
            () => (demo.Out.Contains("  RK-") && demo.Out.Contains("  mail, event ")) || !demo.IsRunning,
            TimeSpan.FromSeconds(120),
            "a first certificate and a first mail"
        );
        demo.IsRunning.ShouldBeTrue(demo.Out + demo.Error);
        using var http = new HttpClient();
        var certificates = new Uri(After("certificates can be opened at "));
        var mails = new Uri(After("mails can be read at ").TrimEnd(','));

        await Wait.Until(
            async () => (await http.GetStringAsync(certificates)).Contains(".pdf\">RK-"),
            TimeSpan.FromSeconds(60),
            "a certificate on its page"
        );
        await Wait.Until(
            async () => (await http.GetStringAsync(mails)).Contains("<a href=\"/000001\">"),
            TimeSpan.FromSeconds(60),
            "a mail on its page"
        );
        (await http.GetStringAsync(new Uri(mails, "/000001"))).ShouldContain("Pesan ini dikirim otomatis");

        demo.SendTerminate();
        (await demo.WaitForExitAsync(TimeSpan.FromSeconds(120))).ShouldBe(0, demo.Out + demo.Error);
        demo.Out.ShouldContain("Every change has arrived, once.");

        string After(string words) => demo.Out.Split(words)[1].Split(' ', '\r', '\n')[0];
    }
}
