using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Service;
using RuangKerja.Events.Service.Commands;

namespace RuangKerja.Events.Tests.Service;

public sealed class ProgramTests
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    private Task<int> RunAsync(params string[] args) =>
        Events.Service.Program.InvokeAsync(
            args,
            new CommandContext
            {
                Out = _out,
                Error = _error,
                Configuration = set => new ConfigurationBuilder().AddInMemoryCollection(set).Build(),
            },
            CancellationToken.None
        );

    [Fact]
    public async Task Help_NamesEveryCommand()
    {
        (await RunAsync("--help")).ShouldBe(0);

        foreach (
            var name in new[]
            {
                "run",
                "db",
                "poll",
                "backfill",
                "replay",
                "errors",
                "history",
                "events",
                "status",
                "simulate",
            }
        )
            _out.ToString().ShouldContain($"  {name} ");
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("db")]
    [InlineData("poll")]
    [InlineData("run", "--bogus")]
    [InlineData("db", "apply", "--output", "xml")]
    [InlineData("simulate", "--seed", "one")]
    [InlineData("simulate", "--history", "3")]
    [InlineData("simulate", "--employees", "0")]
    [InlineData("simulate", "--window-ends", "Open")]
    [InlineData("simulate", "--url", "nowhere")]
    [InlineData("status", "--url", "nowhere")]
    [InlineData("backfill")]
    [InlineData("backfill", "--from", "2024-01-01T00:00:00Z")]
    [InlineData("backfill", "--to", "2024-01-01T00:00:00Z")]
    [InlineData("replay")]
    [InlineData("replay", "start")]
    [InlineData("replay", "start", "--queue", "hr", "--rate", "fast")]
    [InlineData("replay", "start", "--queue", "hr", "--from", "yesterday")]
    [InlineData("replay", "list", "--state", "over")]
    [InlineData("replay", "list", "--limit", "0")]
    [InlineData("replay", "show", "seven")]
    [InlineData("replay", "cancel")]
    [InlineData("errors")]
    [InlineData("errors", "list")]
    [InlineData("errors", "list", "--queue", "hr_error")]
    [InlineData("errors", "list", "--queue", "hr", "--limit", "0")]
    [InlineData("errors", "list", "--queue", "hr")]
    [InlineData("errors", "show", "--queue", "hr", "--event", "seven")]
    [InlineData("errors", "redrive", "--queue", "hr", "--rate", "0")]
    [InlineData("events", "--follow", "--course", "K3")]
    [InlineData("events", "--follow", "--course-serial", "S1")]
    [InlineData("history")]
    [InlineData("history", "--employee", "E-1", "--as-of", "yesterday")]
    [InlineData("history", "--employee", "E-1", "--by", "rumour")]
    [InlineData("history", "--employee", "E-1", "--by", "occurred")]
    [InlineData("history", "--employee", "E-1", "--assignment", "A/1")]
    [InlineData("events", "--after", "x")]
    [InlineData("events", "--limit", "0", "--kind", "finished")]
    public async Task WrongUsage_EndsWith2(params string[] args)
    {
        (await RunAsync(args)).ShouldBe((int)ExitCode.Configuration);
        _error.ToString().ShouldNotBeEmpty();
        _error.ToString().ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("simulate", "--rate", "-1", "--rate: -1, allowed is 0 to")]
    [InlineData("simulate", "--employees", "0", "--employees: 0, allowed is 1 or more.")]
    [InlineData("simulate", "--courses", "0", "--courses: 0, allowed is 1 or more.")]
    [InlineData("simulate", "--courses", "2", "--assignments-per-employee: 3, allowed is 0 to --courses (2).")]
    [InlineData("simulate", "--same-named-courses", "-1", "--same-named-courses: -1, allowed is 0 or more.")]
    [InlineData("simulate", "--touch-share", "1.5", "--touch-share: 1.5, allowed is 0 to 1.")]
    [InlineData("simulate", "--window-ends", "9", "--window-ends: 9, allowed is Inclusive, ")]
    [InlineData("demo", "--rate", "-1", "--rate: -1, allowed is 0 to")]
    [InlineData("demo", "--rate", "NaN", "--rate: NaN, allowed is 0 to")]
    public async Task ValueOutOfRange_IsToldByTheNameOfItsOption(
        string command,
        string option,
        string value,
        string says
    )
    {
        (await RunAsync([command, option, value])).ShouldBe(2);

        _error.ToString().ShouldContain(says);
        _out.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData]
    [InlineData("run")]
    [InlineData("poll", "once")]
    [InlineData("backfill", "--from", "2024-01-01T00:00:00Z", "--to", "2024-02-01T00:00:00Z")]
    [InlineData("db", "apply")]
    [InlineData("db", "check")]
    [InlineData("replay", "start", "--queue", "hr")]
    [InlineData("replay", "list")]
    [InlineData("events")]
    [InlineData("history", "--employee", "E-1")]
    public async Task NothingConfigured_EndsWith2AndNamesTheKeys(params string[] args)
    {
        (await RunAsync(args)).ShouldBe((int)ExitCode.Configuration);

        _error.ToString().ShouldContain("Storage:ConnectionString: found nothing");
        _error.ToString().Contains("RuangKerja:ClientId").ShouldBe(args is [] or ["run" or "poll" or "backfill", ..]);
        _out.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Set_ReachesTheConfiguration()
    {
        (await RunAsync("db", "apply", "--set", "Storage:Schema=UPPER", "--set", "Storage:Shema=x")).ShouldBe(2);

        _error.ToString().ShouldContain("Storage:Schema: found 'UPPER'");
        _error.ToString().ShouldContain("did you mean Storage:Schema?");
    }

    [Theory]
    [InlineData("--set", "Storage:Schema=UPPER", "db", "check")]
    [InlineData("db", "--set", "Storage:Schema=UPPER", "check")]
    [InlineData("--set", "Storage:Schema=FIRST", "db", "check", "--set", "Storage:Schema=UPPER")]
    [InlineData("--set", "Storage:Schema=UPPER")]
    [InlineData("--set", "Storage:Schema=UPPER", "quarantine", "list")]
    public async Task SetBeforeTheCommand_ReachesTheConfigurationToo(params string[] args)
    {
        (await RunAsync(args)).ShouldBe(2);

        _error.ToString().ShouldContain("Storage:Schema: found 'UPPER'");
        _error.ToString().ShouldNotContain("FIRST");
    }

    [Theory]
    [InlineData("--set", "Storage:Schema=hush", "simulate", "--url", "nowhere")]
    [InlineData("simulate", "--url", "nowhere", "--set", "Storage:Schema=hush")]
    [InlineData("demo", "--set", "Storage:Schema=hush", "--samples", "nowhere")]
    public async Task SetOfACommandWithoutSettings_IsRefused(params string[] args)
    {
        (await RunAsync(args)).ShouldBe(2);

        _error.ToString().ShouldContain("reads no settings");
        _error.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public async Task SetOfOneKeyTwice_TakesTheLater()
    {
        (await RunAsync("db", "apply", "--set", "Storage:Schema=FIRST", "--set", "storage:schema=LATER")).ShouldBe(2);

        _error.ToString().ShouldContain("found 'LATER'");
        _error.ToString().ShouldNotContain("FIRST");
    }

    [Fact]
    public async Task UnknownLogLevel_IsAFaultOfTheConfiguration()
    {
        (await RunAsync("run", "--set", "Logging:LogLevel:Default=Nonsense")).ShouldBe(2);

        _error.ToString().ShouldContain("Logging:LogLevel:Default: found 'Nonsense'; allowed: Trace or Debug or");
        _error.ToString().ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("Storage:ConnectionString")]
    [InlineData("Storage=x")]
    [InlineData("Stor:Schema=hush")]
    [InlineData("=hush")]
    [InlineData("Nonsense:Key=hush")]
    public async Task SetOfAnotherForm_IsRefusedWithoutItsValue(string setting)
    {
        (await RunAsync("run", "--set", setting)).ShouldBe(2);

        _error.ToString().ShouldContain("write Section:Key=value");
        _error.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public async Task UnknownCompany_EndsWith2AndNamesThoseThereAre()
    {
        var code = await RunAsync(
            "poll",
            "once",
            "--company",
            "acme",
            "--set",
            "RuangKerja:ClientId=a",
            "--set",
            "RuangKerja:ClientSecret=b",
            "--set",
            "Storage:ConnectionString=Host=localhost"
        );

        code.ShouldBe(2);
        _error.ToString().ShouldContain("'acme'");
        _error.ToString().ShouldContain("There is: default.");
    }

    [Fact]
    public async Task StatusOfNobody_EndsWith11()
    {
        // Port 9 (discard) is served nowhere by default.
        (await RunAsync("status", "--url", "http://127.0.0.1:9")).ShouldBe((int)ExitCode.NotReachable);
        _error.ToString().ShouldContain("No service answers at http://127.0.0.1:9/health/ready");

        (await RunAsync("status", "--live", "--url", "http://127.0.0.1:9")).ShouldBe((int)ExitCode.NotReachable);
        _error.ToString().ShouldContain("No service answers at http://127.0.0.1:9/health/live");
    }
}
