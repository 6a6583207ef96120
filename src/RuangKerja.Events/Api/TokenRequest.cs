using System.Text.Json;
using System.Text.Json.Serialization;

namespace RuangKerja.Events.Api;

/// <summary>The request for an access token, <c>POST /oauth/token</c>, and its answer.</summary>
internal static partial class TokenRequest
{
    public const string Path = "oauth/token";

    public static readonly ApiOperation Operation = new("fetching an access token", AsksForToken: true);

    /// <summary>Taken for a life that is missing or senseless: short, since too short costs a request only.</summary>
    public static readonly TimeSpan AssumedLife = TimeSpan.FromMinutes(5);

    /// <summary>A longer life is cut to this.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);

    public static byte[] Body(ApiCredentials credentials) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Question(credentials.ClientId, credentials.ClientSecret, "client_credentials"),
            Json.Default.Question
        );

    /// <summary>The token, and its life; null for a life that is missing or senseless.</summary>
    public static (string Token, TimeSpan? Life) Read(JsonElement root)
    {
        var data = Envelope.Data(root, Operation);
        var token = JsonText.String(data, "accessToken");
        if (string.IsNullOrEmpty(token))
        {
            throw ApiFailures.OfShape(Operation, "data.accessToken is missing or no string");
        }

        if (!token.All(character => character is > ' ' and < '\x7F'))
        {
            throw ApiFailures.OfShape(Operation, "data.accessToken has characters that no header can carry");
        }

        return (token, JsonText.Number(data, "expiresIn") is > 0 and var seconds ? Life(seconds) : null);
    }

    private static TimeSpan Life(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, LongestLife.TotalSeconds));

    private sealed record Question(
        [property: JsonPropertyName("clientID")] string ClientId,
        [property: JsonPropertyName("clientSecret")] string ClientSecret,
        [property: JsonPropertyName("grantType")] string GrantType
    );

    [JsonSerializable(typeof(Question))]
    private sealed partial class Json : JsonSerializerContext;
}
