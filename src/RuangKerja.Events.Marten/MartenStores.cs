using JasperFx;
using JasperFx.Events;
using Marten;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Marten;

/// <summary>Marten on the pipeline's own pool of connections.</summary>
internal static class MartenStores
{
    /// <summary>As every Marten application has it that calls <see cref="RuangKerjaEventsOptions.UseRuangKerjaEvents"/>.</summary>
    public static DocumentStore ForSchema(Database database) =>
        DocumentStore.For(options => Configure(options, database));

    /// <summary>
    /// For what the pipeline writes. Rich: versions and sequences are ours before the events are sent, the values in the tables
    /// are those of the other engine, and none of the functions is needed that another application could have replaced.
    /// </summary>
    public static DocumentStore ForWriting(Database database) =>
        DocumentStore.For(options =>
        {
            Configure(options, database);
            options.Events.AppendMode = EventAppendMode.Rich;
            // A save is never repeated blindly, and who reads before it in the same transaction cannot repeat that alone.
            options.ConfigurePolly(_ => { });
            options.ConfigureWritePolly(_ => { });
        });

    private static void Configure(StoreOptions options, Database database)
    {
        options.Connection(database.Source);
        options.UseRuangKerjaEvents(database.Options.Schema);
        // Tables are made by 'db apply' alone.
        options.AutoCreateSchemaObjects = AutoCreate.None;
    }
}
