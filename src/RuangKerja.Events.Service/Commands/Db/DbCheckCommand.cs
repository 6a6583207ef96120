using System.CommandLine;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands.Db;

/// <summary><c>db check</c>: compares the tables with what they should be.</summary>
public sealed class DbCheckCommand(CommandContext context, OutputFormat output)
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var output = Output.CreateOption();
        var command = new Command(
            "check",
            "List where the tables differ from what they should be; reads the section Storage only. Exit code 8 when they do."
        )
        {
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                        new DbCheckCommand(context, parsed.GetValue(output)).RunAsync(
                            context.Reader(parsed).ReadStorage(),
                            cancellationToken
                        ),
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work; leaves the tables as they are.</summary>
    public async Task<ExitCode> RunAsync(StorageOptions storage, CancellationToken cancellationToken)
    {
        await using var database = new Database(storage);
        var differences = await new DatabaseSchema(database).CheckAsync(cancellationToken);

        var (schema, version) = (storage.Schema, DatabaseSchema.CurrentVersion);
        if (output == OutputFormat.Json)
            context.WriteJson(
                new
                {
                    schema,
                    version,
                    differences = differences.Select(difference => difference.Text),
                }
            );
        else if (differences.Count == 0)
            await context.Out.WriteLineAsync($"Schema '{schema}' is as version {version} should be.");
        else
            await context.WriteDifferencesAsync(schema, differences);
        return differences.Count == 0 ? ExitCode.Ok : ExitCode.DatabaseSchema;
    }
}
