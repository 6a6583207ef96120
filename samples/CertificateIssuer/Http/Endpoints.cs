using CertificateIssuer.Register;

namespace CertificateIssuer.Http;

/// <summary>What the program answers over HTTP, on this machine alone.</summary>
public static class Endpoints
{
    private const int Shown = 200;

    /// <summary>Maps the page at <c>/</c>, the counts at <c>/certificates</c>, and each certificate's file.</summary>
    public static void MapCertificates(this WebApplication app)
    {
        app.MapGet(
            "/",
            async (RegisterReader register, CompanyDirectory companies, CancellationToken cancellationToken) =>
                Results.Content(
                    CertificatePage.Render(
                        await register.CountAsync(cancellationToken),
                        await register.ReadNewestAsync(Shown, cancellationToken),
                        companies
                    ),
                    "text/html; charset=utf-8"
                )
        );
        app.MapGet(
            "/certificates",
            (RegisterReader register, CancellationToken cancellationToken) => register.CountAsync(cancellationToken)
        );
        app.MapGet(
            "/certificates/{number}.pdf",
            async (string number, RegisterReader register, CancellationToken cancellationToken) =>
                await register.ReadFileAsync(number, cancellationToken) is { } file
                    ? Results.File(file, "application/pdf")
                    : Results.NotFound()
        );
    }
}
