using JasperFx;
using Marten;
using RuangKerja.Events.Storage;
using Weasel.Core;
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

    /// <summary>Whether an object is not there at all that only Marten needs.</summary>
    public bool LacksAnything =>
        _deltas.Any(delta => delta.Difference == SchemaPatchDifference.Create && !IsOfEveryEngine(delta));

    /// <summary>One line for each object that is missing or not as Marten would make it.</summary>
    public IReadOnlyList<string> Differences() =>
        [.. _deltas.Select(delta => $"Marten: {delta.SchemaObject.Identifier.QualifiedName} {Word(delta)}")];

    /// <summary>What makes up for it, but for the tables that every engine has; empty when there is nothing to do.</summary>
    public string Script()
    {
        using var script = new StringWriter();
        new SchemaMigration(_deltas.Where(delta => !IsOfEveryEngine(delta))).WriteAllUpdates(
            script,
            _rules,
            AutoCreate.CreateOrUpdate
        );
        return script.ToString();
    }

    private static string Word(ISchemaObjectDelta delta) =>
        (IsOfEveryEngine(delta), delta.Difference) switch
        {
            (true, _) => "is not as Marten would make it",
            (false, SchemaPatchDifference.Create) => "is missing: 'db apply' makes it",
            (false, _) => "is not as Marten would make it: 'db apply' changes it",
        };

    private static bool IsOfEveryEngine(ISchemaObjectDelta delta) =>
        SchemaComparison.Tables.Contains(delta.SchemaObject.Identifier.Name);
}
