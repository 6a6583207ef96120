using LearnerNotifier.Learners;
using LearnerNotifier.Mails;
using LearnerNotifier.News;
using LearnerNotifier.Outbox;
using LearnerNotifier.Sending;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RuangKerja.Events.Subscriber;

namespace LearnerNotifier;

/// <summary>The program put together.</summary>
public static class NotifierHost
{
    /// <summary>The queue, and the subscriber's name.</summary>
    public const string Queue = "learner-notifier";

    /// <summary>Makes the program from its settings.</summary>
    /// <param name="args">Settings on the command line, such as <c>--Smtp:Host=mail.example.test</c>.</param>
    /// <exception cref="FormatException">With everything that is wrong with the settings.</exception>
    /// <exception cref="IOException">The file of the mail server's password cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IHost Build(string[] args)
    {
        var host = Host.CreateApplicationBuilder(args);
        var settings = NotifierSettings.Read(host.Configuration);
        host.Logging.SetMinimumLevel(LogLevel.Warning);
        AddMails(host.Services, settings);

        host.Services.AddCourseStatusSubscriber<LearnerNotifierConsumer>(
            settings.Broker,
            subscriber =>
            {
                subscriber.Queue = Queue;
                subscriber.UsePostgresInbox(settings.Database);
            }
        );
        host.Services.Configure<MassTransitHostOptions>(bus => bus.WaitUntilStarted = true);
        return host.Build();
    }

    private static void AddMails(IServiceCollection services, NotifierSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(NpgsqlDataSource.Create(settings.Database));
        services.AddSingleton(new NewsRule(settings.Kinds, settings.Oldest));
        services.AddSingleton(new MailTemplates(settings.TimeZone));
        services.AddSingleton<ILearnerDirectory>(provider =>
            settings.LearnerFile is { } file
                ? new FileDirectory(file, provider.GetRequiredService<ILogger<FileDirectory>>())
                : new DomainDirectory(settings.LearnerDomain!, settings.Language)
        );
        services.AddSingleton<MailOutbox>();
        services.AddSingleton<WaitingMails>();
        services.AddSingleton(settings.Smtp);
        services.AddSingleton<IMailTransport, SmtpTransport>();
        services.AddHostedService<MailSender>();
    }
}
