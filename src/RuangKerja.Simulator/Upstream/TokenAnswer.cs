using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Upstream;

/// <summary><c>POST /oauth/token</c>.</summary>
internal sealed class TokenAnswer(World world, TokenDesk tokens, FaultBoard faults, SimulatorOptions options)
{
    public async Task<Answer> To(HttpRequest request)
    {
        if (!MediaTypes.IsJson(request.ContentType))
            return Answer.Failure.BadRequest("Content-Type must be application/json");

        TokenRequest? asked;
        try
        {
            asked = await JsonSerializer.DeserializeAsync<TokenRequest>(
                request.Body,
                cancellationToken: request.HttpContext.RequestAborted
            );
        }
        catch (JsonException)
        {
            return Answer.Failure.BadRequest("The body is not the JSON object this endpoint takes");
        }

        if (asked?.GrantType != "client_credentials")
            return Answer.Failure.BadRequest("grantType must be client_credentials");

        var company = world.Companies.FirstOrDefault(one =>
            one.Options.ClientId == asked.ClientId && one.Options.ClientSecret == asked.ClientSecret
        );
        return company is null || faults.AreCredentialsRevoked(company.Name)
            ? Answer.Failure.WrongCredentials
            : Granted(company);
    }

    private Answer.One Granted(Company company)
    {
        var token = tokens.Issue(company);
        // A string upstream, not a number.
        var seconds = ((long)options.TokenLifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new Answer.One(json =>
        {
            json.WriteString("accessToken", token);
            json.WriteString("expiresIn", seconds);
            json.WriteString("tokenType", "bearer");
        });
    }

    private sealed record TokenRequest(
        [property: JsonPropertyName("clientID")] string? ClientId,
        [property: JsonPropertyName("clientSecret")] string? ClientSecret,
        [property: JsonPropertyName("grantType")] string? GrantType
    );
}
