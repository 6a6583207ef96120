using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RuangKerja.Events.Service.Http.Api;
using Spectre.Console;

namespace RuangKerja.Events.Service.Commands;

/// <summary>How results are printed.</summary>
public enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For programs.</summary>
    Json,
}

/// <summary>Prints results, one way for all commands.</summary>
internal static class Output
{
    /// <summary>How everything here is written as JSON: the health answers too.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions IndentedApiJson = new(ApiJson.Options) { WriteIndented = true };

    /// <summary>The option <c>--output</c>.</summary>
    public static Option<OutputFormat> CreateOption()
    {
        var option = new Option<OutputFormat>("--output") { Description = "How to print the result. Default: table." };
        return option.AcceptOnlyFromAmong("table", "json");
    }

    /// <summary>Prints a value as JSON.</summary>
    public static void WriteJson(this CommandContext context, object value) =>
        context.Out.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Prints what the HTTP API has an answer for, in its words.</summary>
    public static void WriteApiJson(this CommandContext context, object value) =>
        context.Out.WriteLine(JsonSerializer.Serialize(value, IndentedApiJson));

    /// <summary>Prints a table; texts are taken as they are.</summary>
    public static void WriteTable(this CommandContext context, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .AddColumns([.. columns.Select(c => new TableColumn(new Text(c)))]);
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Out) });
        console.Profile.Width = context.Width;
        console.Write(table);
    }
}
