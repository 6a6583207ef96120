using CertificateIssuer.Design;
using CertificateIssuer.Http;
using CertificateIssuer.Register;
using MassTransit;
using Npgsql;
using RuangKerja.Events.Subscriber;

namespace CertificateIssuer;

/// <summary>The program put together.</summary>
public static class IssuerHost
{
    /// <summary>The queue, and the subscriber's name.</summary>
    public const string Queue = "certificate-issuer";

    /// <summary>Makes the program from its settings.</summary>
    /// <param name="args">Settings on the command line, such as <c>--Url=http://127.0.0.1:8090</c>.</param>
    /// <exception cref="FormatException">With everything that is wrong with the settings.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var settings = IssuerSettings.Read(builder.Configuration);
        builder.WebHost.UseUrls(settings.Url.AbsoluteUri);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(settings.Companies);
        services.AddSingleton(NpgsqlDataSource.Create(settings.Database));
        services.AddSingleton<CertificateDesign>();
        services.AddSingleton<CertificateRegister>();
        services.AddSingleton<RegisterReader>();
        services.AddCourseStatusSubscriber<CertificateIssuerConsumer>(
            settings.Broker,
            subscriber =>
            {
                subscriber.Queue = Queue;
                subscriber.UsePostgresInbox(settings.Database);
            }
        );
        services.Configure<MassTransitHostOptions>(bus => bus.WaitUntilStarted = true);

        var app = builder.Build();
        app.MapCertificates();
        return app;
    }
}
