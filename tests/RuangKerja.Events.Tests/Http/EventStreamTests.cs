using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Api.Streams;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Http;

public sealed class EventStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Event_HasSequenceKindAndMessage()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(4, kind: ChangeKind.Completed, status: CourseStatus.Completed);
        bench.History.Add(6, version: 2, unreadable: "Broken.");
        bench.History.Horizon = 6;
        using var stream = await FollowedStream.OpenAsync(bench.Client, "/api/events/stream");

        stream.MediaType.ShouldBe("text/event-stream");
        var first = await stream.NextAsync(Patience);
        first.Id.ShouldBe("4");
        first.Name.ShouldBe("completed");
        ((long?)first.Data["sequence"]).ShouldBe(4);
        ((string?)first.Data["courseName"]).ShouldBe("Keselamatan & Kerja “dasar”");
        var second = await stream.NextAsync(Patience);
        second.Name.ShouldBe("unreadable");
        ((string?)second.Data["unreadable"]).ShouldBe("Broken.");
    }

    [Fact]
    public async Task Event_ComesOnceTheHorizonReachesIt()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(1);
        bench.History.Add(3);
        bench.History.Horizon = 1;
        using var stream = await FollowedStream.OpenAsync(bench.Client, "/api/events/stream");
        (await stream.NextAsync(Patience)).Id.ShouldBe("1");

        // Committed late, below one that is there already.
        bench.History.Add(2);
        bench.History.Horizon = 3;

        (await stream.NextAsync(Patience)).Id.ShouldBe("2");
        (await stream.NextAsync(Patience)).Id.ShouldBe("3");
    }

    [Theory]
    [InlineData("/api/events/stream?after=2", null, "3")]
    [InlineData("/api/events/stream?after=1", "2", "3")]
    [InlineData("/api/events/stream", "1", "2")]
    public async Task Stream_BeginsBehindTheLastEventId(string path, string? lastEventId, string first)
    {
        await using var bench = await HttpBench.StartAsync();
        foreach (var sequence in (long[])[1, 2, 3])
            bench.History.Add(sequence);
        bench.History.Horizon = 3;

        using var stream = await FollowedStream.OpenAsync(bench.Client, path, lastEventId);

        (await stream.NextAsync(Patience)).Id.ShouldBe(first);
    }

    [Fact]
    public async Task Latest_BeginsWithTheNews()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(1);
        bench.History.Horizon = 1;
        using var stream = await FollowedStream.OpenAsync(bench.Client, "/api/events/stream?after=latest");

        bench.History.Add(2);
        bench.History.Horizon = 2;

        (await stream.NextAsync(Patience)).Id.ShouldBe("2");
    }

    [Fact]
    public async Task WrongLastEventId_IsRefused()
    {
        await using var bench = await HttpBench.StartAsync();

        var answer = await bench.GetAsync("/api/events/stream", "Last-Event-ID: abc");

        answer.Error("Last-Event-ID").ShouldContain("a sequence");
    }

    [Fact]
    public async Task ManyStreams_ShareOneLookAtTheHorizon()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Horizon = 0;
        var streams = new List<FollowedStream>();
        for (var i = 0; i < 20; i++)
            streams.Add(await FollowedStream.OpenAsync(bench.Client, "/api/events/stream"));

        var (before, begin) = (bench.History.HorizonReads, TimeProvider.System.GetTimestamp());
        await Wait.Until(() => bench.History.HorizonReads >= before + 3, Patience);
        var looks = bench.History.HorizonReads - before;

        // A look each half second; twenty would be one for each stream.
        ((double)looks).ShouldBeLessThan(5 + (2 * TimeProvider.System.GetElapsedTime(begin).TotalSeconds));
        bench.History.Add(1);
        bench.History.Horizon = 1;
        foreach (var stream in streams)
        {
            (await stream.NextAsync(Patience)).Id.ShouldBe("1");
            stream.Dispose();
        }
    }

    [Fact]
    public async Task DatabaseThatGoesAway_IsWaitedFor()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(1);
        bench.History.Horizon = 1;
        using var stream = await FollowedStream.OpenAsync(bench.Client, "/api/events/stream");
        (await stream.NextAsync(Patience)).Id.ShouldBe("1");

        bench.History.Trouble = Trouble.Database();
        var reads = bench.History.HorizonReads;
        await Wait.Until(() => bench.History.HorizonReads > reads, Patience);
        bench.History.Add(2);
        bench.History.Horizon = 2;
        bench.History.Trouble = null;

        (await stream.NextAsync(Patience)).Id.ShouldBe("2");
    }

    [Fact]
    public async Task DatabaseThatIsAway_IsAProblemAtTheStart()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Trouble = Trouble.Database();

        var answer = await bench.GetAsync("/api/events/stream?after=latest");

        answer.Status.ShouldBe(503);
        answer.Problem.ShouldBe("database-unavailable");
    }

    [Fact]
    public async Task Shutdown_EndsStreams()
    {
        await using var bench = await HttpBench.StartAsync();
        using var stream = await FollowedStream.OpenAsync(bench.Client, "/api/events/stream");

        var stopping = bench.StopAsync();

        // The host would wait longer than this for a stream that goes on.
        await stopping.WaitAsync(TimeSpan.FromSeconds(8), TimeProvider.System);
        (await stream.EndsAsync(Patience)).ShouldBeTrue();
    }

    [Fact]
    public async Task ShutdownBeforeTheFirstByte_IsTold()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Ready = new TaskCompletionSource().Task;
        var waiting = bench.GetAsync("/api/events/stream?after=latest");
        await Wait.Until(() => bench.History.Waiting == 1, Patience);

        var stopping = bench.StopAsync();

        var answer = await waiting;
        answer.Status.ShouldBe(503);
        answer.Problem.ShouldBe("stopping");
        await stopping;
    }

    [Fact]
    public async Task StreamsBeyondTheMost_AreRefusedUntilOneEnds()
    {
        await using var bench = await HttpBench.StartAsync();
        var streams = new List<FollowedStream>();
        for (var i = 0; i < StreamPlaces.Most; i++)
            streams.Add(await FollowedStream.OpenAsync(bench.Client, "/api/events/stream"));

        var answer = await bench.GetAsync("/api/events/stream");
        answer.Status.ShouldBe(503);
        answer.Problem.ShouldBe("too-many-streams");
        answer.Headers.Keys.ShouldContain("Retry-After");

        streams[0].Dispose();
        await Wait.Until(
            async () =>
            {
                using var response = await bench.Client.GetAsync(
                    "/api/events/stream",
                    HttpCompletionOption.ResponseHeadersRead
                );
                return response.IsSuccessStatusCode;
            },
            Patience
        );
        streams.ForEach(stream => stream.Dispose());
    }
}
