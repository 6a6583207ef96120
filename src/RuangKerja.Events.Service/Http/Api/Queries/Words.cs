using System.Text.Json;

namespace RuangKerja.Events.Service.Http.Api.Queries;

/// <summary>The words of an enumeration, as they are spelt in JSON too.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Of<TWord>()
        where TWord : struct, Enum => [.. Enum.GetValues<TWord>().Select(Of)];

    public static string Of<TWord>(TWord word)
        where TWord : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());

    public static bool TryParse<TWord>(string text, out TWord word)
        where TWord : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<TWord>())
        {
            word = candidate;
            if (Of(candidate) == text)
                return true;
        }

        word = default;
        return false;
    }
}
