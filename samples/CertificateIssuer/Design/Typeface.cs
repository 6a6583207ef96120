using System.Text;
using UglyToad.PdfPig.Fonts.TrueType;
using UglyToad.PdfPig.Fonts.TrueType.Parser;

namespace CertificateIssuer.Design;

/// <summary>A font that this program carries: which characters it has, and how wide they are. Safe for several threads.</summary>
public sealed class Typeface
{
    private readonly TrueTypeFont _font;

    private Typeface(byte[] file)
    {
        File = file;
        _font = TrueTypeFontParser.Parse(new TrueTypeDataBytes(file));
    }

    /// <summary>The font's file.</summary>
    public ReadOnlyMemory<byte> File { get; }

    /// <summary>Reads a font out of the program.</summary>
    /// <param name="name">The name of its file in <c>Fonts</c>, without the ending.</param>
    public static Typeface Load(string name)
    {
        using var file = typeof(Typeface).Assembly.GetManifestResourceStream($"{name}.ttf")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return new Typeface(bytes);
    }

    /// <summary>Whether the font has the character. What PdfPig writes is in Unicode's basic plane only.</summary>
    public bool Has(Rune character) => character.IsBmp && GlyphOf((char)character.Value) != 0;

    /// <summary>How wide a line of text is at a size, in the units of the size.</summary>
    public double Measure(string text, double size)
    {
        var widths = _font.TableRegister.HorizontalMetricsTable;
        return text.Sum(character => (double)widths.GetAdvanceWidth(GlyphOf(character))) * size / _font.GetUnitsPerEm();
    }

    private int GlyphOf(char character) => _font.WindowsUnicodeCMap.CharacterCodeToGlyphIndex(character);
}
