namespace CertificateIssuer.Design;

/// <summary>A text broken into lines, at the size at which they fit.</summary>
/// <param name="Size">The height of the type, in points.</param>
public sealed record FittedText(double Size, IReadOnlyList<string> Lines);

/// <summary>Sets a text of any length into a box: in lines, as large as possible, and cut off at the smallest size. Pure.</summary>
public static class TextFit
{
    /// <summary>From one base line to the next, in heights of the type.</summary>
    public const double LineHeight = 1.2;

    private const char Ellipsis = '…';

    /// <summary>Fits a text.</summary>
    /// <param name="measure">How wide a line is at a size.</param>
    public static FittedText Fit(
        string text,
        double width,
        double height,
        double largest,
        double smallest,
        Func<string, double, double> measure
    )
    {
        for (var size = largest; ; size = Math.Max(smallest, size - 1))
        {
            var current = size;
            var lines = Break(text, width, line => measure(line, current));
            var room = Math.Max(1, (int)(height / (size * LineHeight)));
            if (lines.Count <= room)
                return new FittedText(size, lines);
            if (size <= smallest)
                return new FittedText(size, [.. lines.Take(room - 1), CutOff(lines[room - 1], width, measure, size)]);
        }
    }

    /// <summary>At spaces, as long as the words fit; a word that is wider than a line wherever that is full.</summary>
    private static List<string> Break(string text, double width, Func<string, double> measure)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (measure(longer) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            line = "";
            foreach (var character in word.EnumerateRunes())
            {
                if (line.Length > 0 && measure($"{line}{character}") > width)
                {
                    lines.Add(line);
                    line = "";
                }

                line += character;
            }
        }

        lines.Add(line);
        return lines;
    }

    private static string CutOff(string line, double width, Func<string, double, double> measure, double size)
    {
        var kept = line.EnumerateRunes().ToList();
        while (kept.Count > 0 && measure(string.Concat(kept) + Ellipsis, size) > width)
            kept.RemoveAt(kept.Count - 1);
        return string.Concat(kept) + Ellipsis;
    }
}
