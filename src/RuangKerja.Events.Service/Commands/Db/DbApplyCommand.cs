using System.CommandLine;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands.Db;

/// <summary><c>db apply</c>: makes the tables.</summary>
public sealed class DbApplyCommand(CommandContext context, OutputFormat output)
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var output = Output.CreateOption();
        var command = new Command("apply", "Create or update the tables; reads the section Storage only.") { output };
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
        var applied = await new DatabaseSchema(database).ApplyAsync(cancellationToken);

        var (schema, version) = (storage.Schema, DatabaseSchema.CurrentVersion);
        if (output == OutputFormat.Json)
            context.WriteJson(
                new
                {
                    schema,
                    version,
                    applied,
                }
            );
        else if (applied)
            await context.Out.WriteLineAsync($"Schema '{schema}' is now of version {version}.");
        else
            await context.Out.WriteLineAsync($"Schema '{schema}' was of version {version} already: nothing to do.");
        return ExitCode.Ok;
    }
}
