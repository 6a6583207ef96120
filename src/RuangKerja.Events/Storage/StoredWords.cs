using System.Text.Json;

namespace RuangKerja.Events.Storage;

/// <summary>Statuses and kinds as the narrow tables spell them: like the stored JSON.</summary>
internal static class StoredWords
{
    /// <summary>The word in lower_snake_case.</summary>
    public static string Of<TWord>(TWord word)
        where TWord : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());
}
