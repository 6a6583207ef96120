using CertificateIssuer;
using LearnerNotifier;
using LearnerNotifier.News;
using Microsoft.Extensions.Configuration;

namespace RuangKerja.Events.Tests.Samples;

public sealed class SampleSettingsTests
{
    private static readonly Dictionary<string, string?> Notifier = new()
    {
        ["Broker"] = "amqp://localhost",
        ["Database"] = "Host=localhost",
        ["Learners:Domain"] = "example.test",
        ["Smtp:Host"] = "mail.example.test",
        ["Smtp:From"] = "ruangkerja@example.test",
    };

    [Fact]
    public void The_issuer_takes_what_it_needs_and_the_rest_by_itself()
    {
        var settings = IssuerSettings.Read(
            Configuration(
                new()
                {
                    ["Broker"] = "amqps://user:password@host/vhost",
                    ["Database"] = "Host=localhost",
                    ["Companies:timur:Title"] = "PT Contoh Timur",
                    ["Companies:timur:TimeZone"] = "Asia/Jayapura",
                }
            )
        );

        settings.Url.ShouldBe(new Uri("http://127.0.0.1:8090"));
        settings
            .Companies.Find("timur")
            .ShouldBe(new Company("PT Contoh Timur", TimeZoneInfo.FindSystemTimeZoneById("Asia/Jayapura")));
        settings.Companies.Find("default").TimeZone.Id.ShouldBe("Asia/Jakarta");
    }

    [Fact]
    public void The_issuer_names_everything_that_is_wrong_and_no_secret()
    {
        var faults = Should
            .Throw<FormatException>(() =>
                IssuerSettings.Read(
                    Configuration(
                        new()
                        {
                            ["Broker"] = "http://user:hush@host",
                            ["Url"] = "http://0.0.0.0:8090",
                            ["TimeZone"] = "Asia/Nowhere",
                        }
                    )
                )
            )
            .Message;

        faults.Split(Environment.NewLine).Length.ShouldBe(4);
        faults.ShouldContain("Broker");
        faults.ShouldContain("Database is missing");
        faults.ShouldContain("Url is 'http://0.0.0.0:8090/'");
        faults.ShouldContain("TimeZone is 'Asia/Nowhere'");
        faults.ShouldNotContain("hush");
    }

    [Fact]
    public void The_notifier_speaks_TLS_and_tells_of_news_by_itself()
    {
        var settings = NotifierSettings.Read(Configuration(Notifier));

        settings.Smtp.StartTls.ShouldBeTrue();
        settings.Smtp.Port.ShouldBe(587);
        settings.Kinds.ShouldBe(NewsRule.DefaultKinds);
        settings.Oldest.ShouldBe(TimeSpan.FromDays(7));
    }

    [Fact]
    public void The_notifier_names_everything_that_is_wrong()
    {
        var faults = Should
            .Throw<FormatException>(() =>
                NotifierSettings.Read(
                    Configuration(
                        new()
                        {
                            ["Database"] = " ",
                            ["Learners:Domain"] = "example.test",
                            ["Learners:File"] = "/nowhere.csv",
                            ["Learners:Language"] = "jv",
                            ["News:Oldest"] = "a week",
                            ["News:Kinds"] = "completed,finished",
                            ["Smtp:Port"] = "0",
                            ["Smtp:StartTls"] = "perhaps",
                            ["Smtp:User"] = "notifier",
                        }
                    )
                )
            )
            .Message;

        foreach (
            var key in (string[])
                [
                    "Broker",
                    "Database",
                    "Learners:Domain",
                    "Learners:File",
                    "Learners:Language",
                    "News:Oldest",
                    "'finished'; assigned, started, completed, failed, expired, reopened and reset are allowed",
                    "Smtp:Host",
                    "Smtp:Port",
                    "Smtp:StartTls",
                    "Smtp:From",
                    "Smtp:User",
                ]
        )
            faults.ShouldContain(key);
        faults.ShouldNotContain("'completed'");
    }

    [Theory]
    [InlineData("Learners:File")]
    [InlineData("Smtp:PasswordFile")]
    public async Task The_notifier_ends_with_what_is_wrong_when_a_file_cannot_be_read(string key)
    {
        var path = Path.GetTempFileName();
        var settings = new Dictionary<string, string?>(Notifier)
        {
            [key] = path,
            ["Smtp:User"] = "notifier",
            ["Smtp:Password"] = "hush",
        };
        if (key == "Learners:File")
            settings.Remove("Learners:Domain");
        // As by a program that is writing it.
        await using (File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            (
                await LearnerNotifier.Program.Main([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")])
            ).ShouldBe(2);
        File.Delete(path);
    }

    [Fact]
    public void A_password_never_travels_in_the_clear()
    {
        var settings = new Dictionary<string, string?>(Notifier)
        {
            ["Smtp:StartTls"] = "false",
            ["Smtp:User"] = "notifier",
            ["Smtp:Password"] = "hush",
        };

        var faults = Should.Throw<FormatException>(() => NotifierSettings.Read(Configuration(settings))).Message;

        faults.ShouldContain("in the clear");
        faults.ShouldNotContain("hush");
    }

    private static IConfiguration Configuration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
