using System.Globalization;
using System.Text;

namespace CertificateIssuer.Design;

/// <summary>What of a text a font can set.</summary>
public static class PrintableText
{
    /// <summary>What stands for a character that cannot be set. It is meant to be seen.</summary>
    public const char Missing = '□';

    /// <summary>
    /// The text with every character that cannot be set replaced by <see cref="Missing"/>; line breaks and tabs become spaces,
    /// and what only directs other characters is left out.
    /// </summary>
    /// <param name="canSet">Whether a character can be set; asked for each in its turn.</param>
    public static string Of(string text, Func<Rune, bool> canSet)
    {
        var printable = new StringBuilder();
        foreach (var character in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(character) || Rune.IsControl(character))
                printable.Append(' ');
            else if (Rune.GetUnicodeCategory(character) != UnicodeCategory.Format)
                printable.Append(
                    IsRightToLeft(character) || !canSet(character) ? Missing.ToString() : character.ToString()
                );
        }

        return string.Join(' ', printable.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The font has some of these letters, but set from the left they would read backwards.</summary>
    private static bool IsRightToLeft(Rune character) =>
        character.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF);
}
