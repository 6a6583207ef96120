using System.Globalization;
using System.Text;

namespace CertificateIssuer.Pdf;

/// <summary>
/// One page that is drawn on: lines, boxes and text, in points of 1/72 inch, from the lower left corner. What is drawn later
/// lies above.
/// </summary>
/// <remarks>Source of the operators: ISO 32000-1, sections 8.4 to 8.5 and 9.3 to 9.4.</remarks>
public sealed class PdfPage(double width, double height)
{
    private readonly StringBuilder _content = new();
    private readonly Dictionary<TrueTypeFont, SortedDictionary<ushort, Rune>> _fonts = [];

    /// <summary>How wide the page is, in points.</summary>
    public double Width => width;

    /// <summary>How high the page is, in points.</summary>
    public double Height => height;

    /// <summary>The drawing operators so far.</summary>
    public string Content => _content.ToString();

    /// <summary>The fonts that are used, each with the glyphs used and the characters they are of, in the order of their first use.</summary>
    public IReadOnlyDictionary<TrueTypeFont, SortedDictionary<ushort, Rune>> Fonts => _fonts;

    /// <summary>Fills a rectangle.</summary>
    public void Fill(Color color, double x, double y, double boxWidth, double boxHeight) =>
        Add($"{Of(color)} rg {N(x)} {N(y)} {N(boxWidth)} {N(boxHeight)} re f");

    /// <summary>Draws the edge of a rectangle.</summary>
    public void Frame(Color color, double thickness, double x, double y, double boxWidth, double boxHeight) =>
        Add($"{Of(color)} RG {N(thickness)} w {N(x)} {N(y)} {N(boxWidth)} {N(boxHeight)} re S");

    /// <summary>Draws a line.</summary>
    public void Line(Color color, double thickness, double fromX, double fromY, double toX, double toY) =>
        Add($"{Of(color)} RG {N(thickness)} w {N(fromX)} {N(fromY)} m {N(toX)} {N(toY)} l S");

    /// <summary>Writes a line of text around the middle of the page, or around another middle.</summary>
    public void Centred(Lettering lettering, double y, string text, double? middle = null) =>
        Write(lettering, (middle ?? (Width / 2)) - (lettering.Measure(text) / 2), y, text);

    /// <summary>Writes a line of text from a point on its base line.</summary>
    public void Write(Lettering lettering, double x, double y, string text) =>
        Add(
            $"BT {Of(lettering.Color)} rg {NameOf(lettering.Font)} {N(lettering.Size)} Tf {N(lettering.Spacing)} Tc "
                + $"{N(x)} {N(y)} Td <{Glyphs(lettering.Font, text)}> Tj ET"
        );

    /// <summary>Draws the outlines of a line of text around a point, turned against the clock.</summary>
    public void Stamp(Lettering lettering, double x, double y, double degrees, string text)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var half = lettering.Measure(text) / 2;
        Add(
            $"BT {Of(lettering.Color)} RG 2 w 1 Tr {NameOf(lettering.Font)} {N(lettering.Size)} Tf {N(lettering.Spacing)} Tc "
                + $"{N(cos)} {N(sin)} {N(-sin)} {N(cos)} {N(x - (half * cos))} {N(y - (half * sin))} Tm "
                + $"<{Glyphs(lettering.Font, text)}> Tj 0 Tr ET"
        );
    }

    private void Add(string operators) => _content.Append(operators).Append('\n');

    private string NameOf(TrueTypeFont font)
    {
        _fonts.TryAdd(font, []);
        return $"/F{_fonts.Keys.ToList().IndexOf(font)}";
    }

    private string Glyphs(TrueTypeFont font, string text)
    {
        var hex = new StringBuilder();
        foreach (var character in text.EnumerateRunes())
        {
            var glyph = font.GlyphOf(character);
            _fonts[font].TryAdd(glyph, character);
            hex.Append(CultureInfo.InvariantCulture, $"{glyph:X4}");
        }

        return hex.ToString();
    }

    private static string Of(Color color) => $"{N(color.Red / 255.0)} {N(color.Green / 255.0)} {N(color.Blue / 255.0)}";

    private static string N(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}

/// <summary>A colour by its parts, 0 to 255.</summary>
public readonly record struct Color(byte Red, byte Green, byte Blue);

/// <summary>How letters are drawn.</summary>
/// <param name="Size">The height of the type, in points.</param>
/// <param name="Spacing">What is added behind each letter, in points.</param>
public sealed record Lettering(TrueTypeFont Font, double Size, Color Color, double Spacing = 0)
{
    /// <summary>How wide a line of text is, in points.</summary>
    public double Measure(string text) =>
        Font.Measure(text, Size) + (Spacing * Math.Max(0, text.EnumerateRunes().Count() - 1));
}
