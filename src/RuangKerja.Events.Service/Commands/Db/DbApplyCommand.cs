using System.CommandLine;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands.Db;

/// <summary><c>db apply</c>: makes the tables, and looks at the end whether they are what they should be.</summary>
public sealed class DbApplyCommand(CommandContext context, OutputFormat output)
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var output = Output.CreateOption();
        var command = new Command(
            "apply",
            "Create or update the tables, then check them; reads the section Storage only. Exit code 8 when they differ."
        )
        {
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                        new DbApplyCommand(context, parsed.GetValue(output)).RunAsync(
                            context.Reader(parsed).ReadStorage(),
                            cancellationToken
                        ),
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work; more than once does no harm.</summary>
    public async Task<ExitCode> RunAsync(StorageOptions storage, CancellationToken cancellationToken)
    {
        await using var database = new Database(storage);
        var tables = new DatabaseSchema(database);
        var applied = await tables.ApplyAsync(leftOut: context.Error.WriteLine, cancellationToken);
        var (differences, refusal) = await CheckAsync(tables, cancellationToken);

        var (schema, version) = (storage.Schema, DatabaseSchema.CurrentVersion);
        if (output == OutputFormat.Json)
            context.WriteJson(
                new
                {
                    schema,
                    version,
                    applied,
                    @checked = refusal is null,
                    differences = differences.Select(difference => difference.Text),
                }
            );
        else
            await WriteAsync(applied, schema, differences, refusal);
        return differences.Count > 0 ? ExitCode.DatabaseSchema : ExitCode.Ok;
    }

    /// <summary>A refusal when the user's rights do not suffice for it: what was applied stands all the same.</summary>
    private static async Task<(IReadOnlyList<SchemaDifference> Differences, string? Refusal)> CheckAsync(
        DatabaseSchema tables,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await tables.CheckAsync(cancellationToken), null);
        }
        catch (StorageException refused) when (refused.Kind == StorageFailureKind.Configuration)
        {
            return ([], refused.Message);
        }
    }

    private async Task WriteAsync(
        bool applied,
        string schema,
        IReadOnlyList<SchemaDifference> differences,
        string? refusal
    )
    {
        const int version = DatabaseSchema.CurrentVersion;
        var done = (applied, differences) switch
        {
            (true, _) => $"Schema '{schema}' is now of version {version}.",
            (false, { Count: > 0 }) => $"Schema '{schema}' was of version {version} already.",
            (false, _) => $"Schema '{schema}' was of version {version} already: nothing to do.",
        };
        await context.Out.WriteLineAsync(done);
        if (refusal is not null)
            await context.Out.WriteLineAsync($"The tables were not checked. {refusal}");
        else if (differences.Count > 0)
            await context.WriteDifferencesAsync(schema, differences);
    }
}
