using System.Diagnostics;
using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Samples;
using RuangKerja.Events.IntegrationTests.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Interchange;

/// <summary>samples/MartenReader, as a program of its own.</summary>
[OnEngine("Npgsql")]
public sealed class When_the_sample_reads(Servers servers)
{
    [Fact]
    public async Task Should_tell_what_is_stored_of_an_employee()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 0), Row(CourseStatus.InProgress, 0, employee: 2));
        await store.CommitAsync(Row(CourseStatus.Completed, 60));
        var address = new NpgsqlConnectionStringBuilder(store.Database.Options.ConnectionString) { Timezone = "UTC" };

        var start = new ProcessStartInfo(
            "dotnet",
            [SamplePrograms.Find("MartenReader"), address.ConnectionString, "ID-1"]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var sample = Process.Start(start).ShouldNotBeNull();
        var told = await sample.StandardOutput.ReadToEndAsync();
        await sample.WaitForExitAsync();

        sample.ExitCode.ShouldBe(0);
        told.ReplaceLineEndings("\n")
            .ShouldBe(
                """
                Course of default: Completed, attempt 1
                  v1 2026-01-31 05:00:00Z Started
                  v2 2026-01-31 05:01:00Z Completed
                  at first it was InProgress

                """
            );
    }
}
