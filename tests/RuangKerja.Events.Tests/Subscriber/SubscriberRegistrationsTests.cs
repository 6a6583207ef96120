using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class SubscriberRegistrationsTests
{
    private const string Database = "Host=localhost;Database=certificates";
    private static readonly Uri Broker = new("amqp://guest:guest@localhost/");

    [Fact]
    public async Task Both_doors_make_a_subscriber_that_fills_gaps()
    {
        foreach (
            var add in (Action<IServiceCollection, Uri, string>[])
                [SubscriberSnippets.AddSubscriber, SubscriberSnippets.AddToBus]
        )
        {
            var services = new ServiceCollection().AddSingleton<CertificateRegister>();
            add(services, Broker, Database);
            await using var provider = services.BuildServiceProvider();

            var settings = provider.GetRequiredService<Subscription<CertificateConsumer>>().Settings;

            (settings.Queue, settings.FillGaps).ShouldBe(("certificate", true));
            services.ShouldContain(service => service.ServiceType == typeof(IBus));
        }
    }

    [Fact]
    public void Second_bus_is_refused_with_the_way_out()
    {
        var services = new ServiceCollection();
        SubscriberSnippets.AddSubscriber(services, Broker, Database);

        var fault = Should.Throw<InvalidOperationException>(() =>
            SubscriberSnippets.AddSubscriber(services, Broker, Database)
        );

        fault.Message.ShouldContain("bus.AddCourseStatusSubscriber<CertificateConsumer>");
    }
}
