using RuangKerja.Events.Service;
using RuangKerja.Events.Service.Commands.Backfill;

namespace RuangKerja.Events.Tests.Service;

public sealed class BackfillArgumentsTests
{
    private const string January = "2026-01-01T00:00:00+07:00";
    private const string February = "2026-02-01T00:00:00+07:00";

    private static readonly DateTimeOffset Now = SampleSettings.Now;

    [Fact]
    public void Instants_AreReadWithTheirOffsets() =>
        BackfillArguments
            .Read(January, February, Now)
            .ShouldBe(
                new BackfillSpan(
                    new DateTimeOffset(2025, 12, 31, 17, 0, 0, TimeSpan.Zero),
                    new DateTimeOffset(2026, 1, 31, 17, 0, 0, TimeSpan.Zero)
                )
            );

    [Fact]
    public void SpanUpToNow_IsAllowed() =>
        BackfillArguments.Read("1990-01-01T00:00:00Z", "2026-02-03T04:05:06Z", Now).To.ShouldBe(Now);

    [Theory]
    [InlineData("--from", "2026-01-01", February)]
    [InlineData("--from", "2026-01-01T00:00:00", February)]
    [InlineData("--from", "yesterday", February)]
    [InlineData("--from", "1989-12-31T23:59:59Z", February)]
    [InlineData("--from", "", February)]
    [InlineData("--to", January, "2026-02-03T04:05:07Z")]
    [InlineData("--to", January, "2026-02-30T00:00:00Z")]
    public void WrongInstant_IsToldWithItsOptionItsValueAndWhatIsAllowed(string option, string from, string to)
    {
        var message = Should.Throw<UsageException>(() => BackfillArguments.Read(from, to, Now)).Message;

        message.ShouldStartWith($"{option} '{(option == "--from" ? from : to)}': write an instant with its offset");
        message.ShouldContain("1990-01-01T00:00:00+00:00 to now (2026-02-03T04:05:06+00:00)");
        message.Split(Environment.NewLine).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(February, January)]
    [InlineData(January, January)]
    public void SpanThatEndsBeforeItBegins_IsTold(string from, string to) =>
        Should
            .Throw<UsageException>(() => BackfillArguments.Read(from, to, Now))
            .Message.ShouldBe($"--from '{from}': write an instant before --to '{to}'.");

    [Fact]
    public void AllFaults_AreToldAtOnce() =>
        Should
            .Throw<UsageException>(() => BackfillArguments.Read("then", "now", Now))
            .Message.Split(Environment.NewLine)
            .Length.ShouldBe(2);
}
