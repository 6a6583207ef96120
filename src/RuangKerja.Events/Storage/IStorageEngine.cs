namespace RuangKerja.Events.Storage;

/// <summary>
/// What writes events and snapshots into Marten's tables. The other tables, and all reading, are the same with each; what one
/// engine wrote another goes on with.
/// </summary>
public interface IStorageEngine
{
    /// <summary>The value of <c>Storage:Engine</c>.</summary>
    string Name { get; }

    /// <summary>The store on a database. Who asks for it disposes of it, where it can be disposed of.</summary>
    IEventStore CreateStore(Database database);

    /// <summary>
    /// Makes in the schema what this engine needs beside the tables of every engine; called after those are made, and again
    /// does no harm. Returns whether there was anything to do.
    /// </summary>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    Task<bool> ApplyAsync(Database database, CancellationToken cancellationToken);

    /// <summary>Where the tables differ from what this engine needs, as far as it looks at them otherwise than we do.</summary>
    /// <exception cref="StorageException">The database did not do its part, or <c>db apply</c> has to be run.</exception>
    Task<IReadOnlyList<SchemaDifference>> CheckAsync(Database database, CancellationToken cancellationToken);
}
