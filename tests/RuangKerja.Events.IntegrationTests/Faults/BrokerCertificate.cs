using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>An authority of our own and the certificate it gives a broker on loopback, in files as RabbitMQ and OpenSSL read them.</summary>
internal sealed class BrokerCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rk-tls-").FullName;
    private readonly X509Certificate2 _authority;

    public BrokerCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
        File.WriteAllText(Authority, _authority.ExportCertificatePem());
    }

    /// <summary>The file to trust.</summary>
    public string Authority => Path.Combine(_folder, "authority.pem");

    /// <summary>RabbitMQ's settings for a TLS listener on this port.</summary>
    public Dictionary<string, string> Settings(int port) =>
        new()
        {
            ["listeners.ssl.1"] = $"127.0.0.1:{port}",
            ["ssl_options.cacertfile"] = Authority,
            ["ssl_options.certfile"] = Path.Combine(_folder, "broker.pem"),
            ["ssl_options.keyfile"] = Path.Combine(_folder, "broker.key"),
            ["ssl_options.verify"] = "verify_none",
        };

    /// <summary>Gives the broker another certificate, which is valid until then.</summary>
    public void Issue(DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Broker of a test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            _authority,
            until.AddDays(-10),
            until,
            RandomNumberGenerator.GetBytes(8)
        );
        File.WriteAllText(Path.Combine(_folder, "broker.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "broker.key"), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
