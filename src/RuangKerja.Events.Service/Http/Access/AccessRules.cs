using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Service.Http.Api;

namespace RuangKerja.Events.Service.Http.Access;

/// <summary>Who may do what.</summary>
internal static class AccessRules
{
    /// <summary>The policy of what reads.</summary>
    public const string Viewer = nameof(Viewer);

    /// <summary>The policy of what changes something.</summary>
    public const string Operator = nameof(Operator);

    /// <summary>Registers keys, scheme and policies.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, HttpOptions options)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ApiKeyRing>(provider, options));
        services.AddTransient<ApiKeyHandler>();
        // The core alone: the rest would keep keys of its own on disk, for cookies that nobody gets.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.AddScheme<ApiKeyHandler>(ApiKeyHandler.Scheme, displayName: null);
            authentication.DefaultScheme = ApiKeyHandler.Scheme;
        });
        return services.AddAuthorization(authorization =>
        {
            authorization.AddPolicy(
                Viewer,
                policy => policy.RequireRole(nameof(ApiRole.Viewer), nameof(ApiRole.Operator))
            );
            authorization.AddPolicy(Operator, policy => policy.RequireRole(nameof(ApiRole.Operator)));
            // What is not there under the API's path is not told to strangers either.
            authorization.FallbackPolicy = new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder()
                .RequireAssertion(context =>
                    context.Resource is HttpContext http
                    && (
                        !http.Request.Path.StartsWithSegments(HttpApi.Root, StringComparison.OrdinalIgnoreCase)
                        || http.User.Identity?.IsAuthenticated == true
                    )
                )
                .Build();
        });
    }
}
