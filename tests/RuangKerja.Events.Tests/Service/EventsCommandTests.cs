using System.Text.Json;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Service;
using RuangKerja.Events.Service.Commands;
using RuangKerja.Events.Service.Commands.History;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Tests.Service;

/// <summary>What <c>events</c> prints.</summary>
public sealed class EventsCommandTests
{
    private readonly MemoryHistory _history = new();
    private readonly Clock _clock = new();
    private readonly StringWriter _out = new();

    private IReadOnlyList<long> Printed =>
        [
            .. Lines.Select(line =>
                JsonSerializer.Deserialize<CourseStatusChanged>(line, JsonSerializerOptions.Web)!.Sequence
            ),
        ];

    private IReadOnlyList<string> Lines => _out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task Events_ArePrintedInOrderUpToTheHorizonAndNoFurther()
    {
        _history.Add([.. Enumerable.Range(1, 1_200).Select(i => (long)i)]);
        _history.Horizon = 1_100;

        (await RunAsync(after: 50)).ShouldBe(ExitCode.Ok);

        Printed.ShouldBe(Enumerable.Range(51, 1_050).Select(i => (long)i));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(501)]
    public async Task Limit_EndsIt(int limit)
    {
        _history.Add([.. Enumerable.Range(1, 1_200).Select(i => (long)i)]);
        _history.Horizon = 1_200;

        await RunAsync(limit: limit);

        Printed.Count.ShouldBe(limit);
    }

    [Fact]
    public async Task Follow_GoesOnWithWhatAppearsLateAndLosesAndRepeatsNothing()
    {
        _history.Add(1, 3);
        // The second is being committed still.
        _history.Horizon = 1;
        using var stop = new CancellationTokenSource();

        var following = RunAsync(follow: true, cancellationToken: stop.Token);
        Printed.ShouldBe([1]);
        _history.Add(2);
        _history.Horizon = 3;
        await NextLookAsync(() => Lines.Count == 3);
        _history.Add(4);
        _history.Horizon = 4;
        await NextLookAsync(() => Lines.Count == 4);
        await stop.CancelAsync();

        (await following).ShouldBe(ExitCode.Ok);
        Printed.ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Follow_WaitsForADatabaseThatGoesAwayBetweenTwoPages()
    {
        _history.Add([.. Enumerable.Range(1, 1_200).Select(i => (long)i)]);
        _history.Horizon = 1_200;
        _history.PagesLeft = 1;
        using var stop = new CancellationTokenSource();

        var following = RunAsync(follow: true, cancellationToken: stop.Token);
        following.IsCompleted.ShouldBeFalse();
        Printed.Count.ShouldBe(500);
        _history.PagesLeft = null;
        await NextLookAsync(() => Lines.Count == 1_200);
        await stop.CancelAsync();

        (await following).ShouldBe(ExitCode.Ok);
        Printed.ShouldBe(Enumerable.Range(1, 1_200).Select(i => (long)i));
    }

    [Fact]
    public async Task WithoutFollow_ADatabaseThatGoesAwayIsAFailure()
    {
        _history.Add(1);
        _history.Horizon = 1;
        _history.PagesLeft = 0;

        (await Should.ThrowAsync<StorageException>(() => RunAsync())).Kind.ShouldBe(StorageFailureKind.Unavailable);
    }

    [Fact]
    public async Task LineForPeople_SaysWhatHappenedWithWhom()
    {
        _history.Add(7);
        _history.Horizon = 7;

        await RunAsync(output: OutputFormat.Table);

        Lines
            .ShouldHaveSingleItem()
            .ShouldBe(
                "7 1970-01-01T00:00:07.000Z default started not_started > in_progress employee E-1, course 'Safety', "
                    + "assignment A/1 v7, happened 1970-01-01T00:00:00.000Z"
            );
    }

    private async Task NextLookAsync(Func<bool> done)
    {
        for (var look = 0; look < 1_000 && !done(); look++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private Task<ExitCode> RunAsync(
        long after = 0,
        long limit = long.MaxValue,
        bool follow = false,
        OutputFormat output = OutputFormat.Json,
        CancellationToken cancellationToken = default
    )
    {
        var context = new CommandContext
        {
            Out = _out,
            Error = TextWriter.Null,
            Time = _clock,
        };
        return new EventsCommand(context, output).RunAsync(
            _history,
            new EventFilter(),
            after,
            limit,
            follow,
            cancellationToken
        );
    }
}
