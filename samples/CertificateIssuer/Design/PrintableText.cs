using System.Globalization;
using System.Text;
using CertificateIssuer.Pdf;

namespace CertificateIssuer.Design;

/// <summary>What of a text our font can set. Pure.</summary>
public static class PrintableText
{
    /// <summary>What stands for a character that cannot be set. It is meant to be seen.</summary>
    public const char Missing = '□';

    /// <summary>
    /// The text with every character that the font lacks replaced by <see cref="Missing"/>; line breaks and tabs become spaces,
    /// and what only directs other characters is left out.
    /// </summary>
    public static string Of(string text, TrueTypeFont font)
    {
        var printable = new StringBuilder();
        foreach (var character in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(character) || Rune.IsControl(character))
                printable.Append(' ');
            else if (Rune.GetUnicodeCategory(character) != UnicodeCategory.Format)
                printable.Append(font.GlyphOf(character) == 0 || IsRightToLeft(character) ? Missing : character);
        }

        return string.Join(' ', printable.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The font has some of these letters, but set from the left they would read backwards.</summary>
    private static bool IsRightToLeft(Rune character) =>
        character.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF);
}
