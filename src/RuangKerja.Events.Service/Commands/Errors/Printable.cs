using System.Globalization;
using System.Text;

namespace RuangKerja.Events.Service.Commands.Errors;

/// <summary>What others wrote, fit for a terminal.</summary>
internal static class Printable
{
    /// <summary>The replacement character for what would move the cursor, colour the screen or turn the reading direction; line feeds stay.</summary>
    public static string Of(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            printable.Append(rune.Value == '\n' || IsPrintable(rune) ? rune.ToString() : "\ufffd");
        return printable.ToString();
    }

    private static bool IsPrintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
