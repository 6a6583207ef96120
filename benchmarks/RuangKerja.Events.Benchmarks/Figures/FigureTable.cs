using System.Globalization;

namespace RuangKerja.Events.Benchmarks.Figures;

/// <summary>Prints figures as a table that documents can take as it is.</summary>
internal static class FigureTable
{
    public static void Write(TextWriter to, IReadOnlyList<Figure> figures)
    {
        string[][] rows =
        [
            ["figure", "median", "smallest", "largest", "unit", "target"],
            .. figures.Select(f =>
                (string[])[f.Name, Number(f.Median), Number(f.Smallest), Number(f.Largest), f.Unit, Verdict(f)]
            ),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        WriteRow(rows[0]);
        WriteRow([
            .. widths.Select(
                (width, column) => IsNumber(column) ? new string('-', width - 1) + ":" : new string('-', width)
            ),
        ]);
        foreach (var row in rows.Skip(1))
            WriteRow(row);

        void WriteRow(string[] cells) =>
            to.WriteLine(
                $"| {string.Join(" | ", cells.Select((cell, i) => IsNumber(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])))} |"
            );
    }

    private static bool IsNumber(int column) => column is >= 1 and <= 3;

    private static string Verdict(Figure figure) =>
        figure.Target is not { } target
            ? ""
            : $"target {(target.IsLeast ? "≥" : "≤")} {Number(target.Limit)}: {(target.IsMet(figure.Median) ? "met" : "missed")}";

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 || value == 0 ? "N0" : "N2", CultureInfo.InvariantCulture);
}
