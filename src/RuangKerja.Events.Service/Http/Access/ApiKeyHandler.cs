using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;
using RuangKerja.Events.Service.Http.Problems;

namespace RuangKerja.Events.Service.Http.Access;

/// <summary>Tells who asks, by the key in <c>Authorization: Bearer …</c> or <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyHandler(ApiKeyRing keys) : IAuthenticationHandler
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "ApiKey";

    /// <summary>The other header.</summary>
    public const string Header = "X-Api-Key";

    /// <summary>Who asks where there are no keys.</summary>
    public const string Loopback = "loopback";

    private const string Bearer = "Bearer ";

    private HttpContext _context = null!;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(Authenticate());

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        _context.Response.Headers.WWWAuthenticate = "Bearer realm=\"ruangkerja-events\"";
        return ProblemResponses.WriteAsync(
            _context,
            Problem.Of(
                ProblemKind.Unauthenticated,
                Given() is null ? "The request carries no API key." : "No such API key is known.",
                $"Send 'Authorization: Bearer <key>' or '{Header}: <key>'."
            )
        );
    }

    public Task ForbidAsync(AuthenticationProperties? properties) =>
        ProblemResponses.WriteAsync(
            _context,
            Problem.Of(
                ProblemKind.Forbidden,
                $"The key '{_context.User.Identity?.Name}' may only read.",
                "Use a key whose role is Operator."
            )
        );

    private AuthenticateResult Authenticate()
    {
        if (keys.IsEmpty)
            return Success(Loopback, ApiRole.Operator);
        return Given() is { } secret && keys.Find(secret) is { } key
            ? Success(key.Name, key.Role)
            : AuthenticateResult.NoResult();
    }

    private string? Given()
    {
        var headers = _context.Request.Headers;
        if (headers[Header] is [{ Length: > 0 } key])
            return key;
        return
            headers[HeaderNames.Authorization] is [{ } authorization]
            && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : null;
    }

    private static AuthenticateResult Success(string name, ApiRole role)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role.ToString())],
            Scheme
        );
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }
}
