using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Interchange;

/// <summary>Another application's doing: Marten takes no further event of such a stream.</summary>
[OnEngine("Marten")]
public sealed class When_a_stream_is_archived(Servers servers)
{
    [Fact]
    public async Task Should_say_which_it_is_and_go_on_once_that_is_undone()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 0));
        await ArchiveAsync(store, archived: true);

        var refused = await Should.ThrowAsync<StorageException>(() =>
            store.CommitAsync(Row(CourseStatus.Completed, 60))
        );
        refused.Kind.ShouldBe(StorageFailureKind.Configuration);
        refused.Message.ShouldContain(
            await store.ScalarAsync<string>("select id from ruangkerja.mt_doc_coursestatussnapshot")
        );
        refused.Message.ShouldContain("is_archived");

        await ArchiveAsync(store, archived: false);
        await store.CommitAsync(Row(CourseStatus.Completed, 60));
    }

    private static Task ArchiveAsync(StoreFixture store, bool archived) =>
        store.ExecuteAsync(
            $"""
            update ruangkerja.mt_streams set is_archived = {archived};
            update ruangkerja.mt_events set is_archived = {archived};
            """
        );
}
