using RuangKerja.Simulator.Life;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A course's title grows as long as it may, and longer.</summary>
[Trait("Promise", "P1")]
public sealed class When_a_title_is_very_long(Servers servers)
{
    private const int Longest = 512;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F44_P1_Should_tell_the_longest_and_refuse_a_longer_one_before_it_is_stored()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        // 4 bytes each, and 2 characters by the rule's count.
        var longest = string.Concat(Enumerable.Repeat("\U0001F393", Longest / 2));
        var course = bench.Simulator.RenameCourse(new RenameOrder { Name = longest });

        bench.Simulator.Assign(new AssignmentOrder { CourseSerial = course.Serial });
        await Wait.Until(() => bench.Subscriber.Received.Count == 1, Patience, "the longest title is told");
        bench.Subscriber.Received.Single().CourseName.ShouldBe(longest);
        (await bench.JudgeAsync()).ShouldBeComplete();

        bench.Simulator.RenameCourse(new RenameOrder { CourseSerial = course.Serial, Name = longest + "!" });
        var refused = bench.Simulator.Assign(new AssignmentOrder { CourseSerial = course.Serial });
        await Wait.Until(
            async () => (await ReasonsAsync(bench, refused.EmployeeId)).Count == 1,
            Patience,
            "the longer title is in quarantine"
        );
        (await ReasonsAsync(bench, refused.EmployeeId))
            .Single()
            .ShouldContain($"{Longest + 1} characters; at most {Longest} are allowed");

        // Its neighbours go on.
        await bench.LiveUntilReceivedAsync(5);
        (
            await bench.Deployment.ColumnAsync(
                $"select 1 from ruangkerja.mt_events where data ->> 'courseName' like '%!'"
            )
        ).ShouldBeEmpty();
    }

    private static Task<IReadOnlyList<string>> ReasonsAsync(FaultBench bench, string employeeId) =>
        bench.Deployment.ColumnAsync(
            $"select array_to_string(reasons, ' ') from ruangkerja.quarantine where raw like '%{employeeId}%'"
        );
}
