using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Interchange;

/// <summary>A version of Marten that does not know a column drops it: ours says so, and gets it back.</summary>
[OnEngine("Marten")]
public sealed class When_another_version_of_marten_was_there(Servers servers)
{
    [Fact]
    public async Task Should_say_what_is_missing_and_go_on_once_the_schema_is_applied()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 0));
        await store.ExecuteAsync("alter table ruangkerja.mt_streams drop column compacted_version");

        var refused = await Should.ThrowAsync<StorageException>(() =>
            store.CommitAsync(Row(CourseStatus.Completed, 60))
        );
        refused.Kind.ShouldBe(StorageFailureKind.Schema);
        refused.Message.ShouldContain("compacted_version");
        refused.Message.ShouldContain("ruangkerja-events db apply");
        var difference = (await store.Schema.CheckAsync(CancellationToken.None)).ShouldHaveSingleItem();
        difference.Text.ShouldBe("Marten: ruangkerja.mt_streams lacks compacted_version: 'db apply' adds it");
        difference.IsMendedByApply.ShouldBeTrue();

        (await store.Schema.ApplyAsync(CancellationToken.None)).ShouldBeTrue();
        (await store.Schema.ApplyAsync(CancellationToken.None)).ShouldBeFalse();

        (await store.Schema.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
        await store.CommitAsync(Row(CourseStatus.Completed, 60));
        (await store.ScalarAsync<long>("select max(version) from ruangkerja.mt_streams")).ShouldBe(2);
    }
}
