using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>Makes text of others fit to be quoted in a message: secrets struck out, one line, short.</summary>
internal sealed class ForeignText
{
    private const int MaxCharacters = 200;
    private const int MaxBytes = 64 * 1024;

    private readonly string[] _secrets;

    /// <summary>Quotes without these.</summary>
    /// <param name="secrets">What must not be printed, should it be echoed; null and empty ones are skipped.</param>
    public ForeignText(params IEnumerable<string?> secrets) =>
        _secrets = [
            .. secrets
                .OfType<string>()
                .Where(secret => secret.Length > 0)
                .SelectMany(Spellings)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(spelling => spelling.Length),
        ];

    public string Quote(ReadOnlyMemory<byte> body) =>
        Quote(Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, MaxBytes)]));

    public string Quote(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        var quoted = new StringBuilder();
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            if (quoted.Length >= MaxCharacters)
            {
                return quoted.Append('…').ToString();
            }

            quoted.Append(IsPrintable(rune) ? rune.ToString() : " ");
        }

        return quoted.ToString();
    }

    // An echo may be escaped the way its surroundings are.
    private static string[] Spellings(string secret) =>
        [
            secret,
            Uri.EscapeDataString(secret),
            WebUtility.HtmlEncode(secret),
            JsonEncodedText.Encode(secret).ToString(),
            JsonEncodedText
                .Encode(secret, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
                .ToString(),
        ];

    // Format characters can turn the reading direction of a whole log line.
    private static bool IsPrintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
