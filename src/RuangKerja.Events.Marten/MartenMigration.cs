using JasperFx;
using Marten;
using RuangKerja.Events.Storage;
using Weasel.Core;
using Weasel.Postgresql.Tables;
using SchemaMigration = Weasel.Core.SchemaMigration;

namespace RuangKerja.Events.Marten;

/// <summary>What Marten would do to a database, by its own comparison.</summary>
internal sealed class MartenMigration
{
    private readonly Migrator _rules;
    private readonly IReadOnlyList<ISchemaObjectDelta> _deltas;

    private MartenMigration(Migrator rules, IReadOnlyList<ISchemaObjectDelta> deltas)
    {
        _rules = rules;
        _deltas = deltas;
    }

    /// <summary>Compares; changes nothing.</summary>
    public static async Task<MartenMigration> FindAsync(DocumentStore marten, CancellationToken cancellationToken)
    {
        var database = marten.Storage.Database;
        var migration = await database.CreateMigrationAsync(cancellationToken);
        return new MartenMigration(
            database.Migrator,
            [.. migration.Deltas.Where(delta => delta.Difference != SchemaPatchDifference.None)]
        );
    }

    /// <summary>Whether anything is not there at all that only Marten needs.</summary>
    public bool LacksAnything =>
        _deltas.Any(delta =>
            IsOfEveryEngine(delta) ? MissingColumns(delta).Any() : delta.Difference == SchemaPatchDifference.Create
        );

    /// <summary>One for each object that is missing or not as Marten would make it.</summary>
    public IReadOnlyList<SchemaDifference> Differences() => [.. _deltas.Select(Describe)];

    /// <summary>
    /// What makes up for it; empty when there is nothing to do. The tables that every engine has get what columns they lack, and
    /// keep what else they have: those of other versions of Marten, too.
    /// </summary>
    public string Script()
    {
        using var script = new StringWriter();
        new SchemaMigration(_deltas.Where(delta => !IsOfEveryEngine(delta))).WriteAllUpdates(
            script,
            _rules,
            AutoCreate.CreateOrUpdate
        );
        foreach (var table in _deltas.Where(IsOfEveryEngine).OfType<TableDelta>())
        foreach (var column in MissingColumns(table))
            script.WriteLine(column.AddColumnSql(table.Expected));
        return script.ToString();
    }

    private static SchemaDifference Describe(ISchemaObjectDelta delta)
    {
        var name = $"Marten: {delta.SchemaObject.Identifier.QualifiedName}";
        if (!IsOfEveryEngine(delta))
            return delta.Difference == SchemaPatchDifference.Create
                ? new($"{name} is missing: 'db apply' makes it", IsMendedByApply: true)
                : new($"{name} is not as Marten would make it: 'db apply' changes it", IsMendedByApply: true);

        return MissingColumns(delta).Select(column => column.Name).ToList() is { Count: > 0 } missing
            ? new($"{name} lacks {string.Join(", ", missing)}: 'db apply' adds it", IsMendedByApply: true)
            : new($"{name} is not as Marten would make it", IsMendedByApply: false);
    }

    private static IEnumerable<TableColumn> MissingColumns(ISchemaObjectDelta delta) =>
        delta is TableDelta { Actual: { } actual } table
            ? table.Expected.Columns.ExceptBy(actual.Columns.Select(column => column.Name), column => column.Name)
            : [];

    private static bool IsOfEveryEngine(ISchemaObjectDelta delta) =>
        SchemaComparison.Tables.Contains(delta.SchemaObject.Identifier.Name);
}
