using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using RuangKerja.Events.Contracts;
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

    [Fact]
    public void Second_subscriber_of_one_queue_is_refused()
    {
        var fault = Should.Throw<SubscriberOptionsException>(() =>
            new ServiceCollection().AddMassTransit(bus =>
            {
                bus.AddCourseStatusSubscriber<CertificateConsumer>(options => options.Queue = "courses");
                bus.AddCourseStatusSubscriber<OtherConsumer>(options => options.Queue = "courses");
            })
        );

        fault.Faults.ShouldHaveSingleItem().ShouldContain("Queue is 'courses', as another subscriber's");
    }

    [Fact]
    public void Second_subscriber_of_one_consumer_is_refused()
    {
        var fault = Should.Throw<SubscriberOptionsException>(() =>
            new ServiceCollection().AddMassTransit(bus =>
            {
                bus.AddCourseStatusSubscriber<CertificateConsumer>();
                bus.AddCourseStatusSubscriber<CertificateConsumer>(options => options.Queue = "courses");
            })
        );

        fault.Faults.ShouldHaveSingleItem().ShouldContain("CertificateConsumer is subscribed already");
    }

    [Fact]
    public void Bus_beside_the_process_s_own_is_refused()
    {
        // MassTransit calls back by reflection.
        var fault = Should
            .Throw<Exception>(() =>
                new ServiceCollection().AddMassTransit<IFurtherBus>(bus =>
                    bus.AddCourseStatusSubscriber<CertificateConsumer>()
                )
            )
            .GetBaseException()
            .ShouldBeOfType<SubscriberOptionsException>();

        fault.Faults.ShouldHaveSingleItem().ShouldContain("AddMassTransit<TBus>");
    }

    [Theory]
    [InlineData("PostgreSQL, memory", "")]
    [InlineData("PostgreSQL, PostgreSQL", "GapKeeper, InboxTrimming")]
    [InlineData("memory, PostgreSQL", "GapKeeper, InboxTrimming")]
    public async Task Last_inbox_that_is_chosen_runs_alone(string choices, string running)
    {
        var services = new ServiceCollection().AddSingleton<CertificateRegister>();
        services.AddCourseStatusSubscriber<CertificateConsumer>(
            Broker,
            options =>
            {
                foreach (var choice in choices.Split(", "))
                    _ = choice == "memory" ? options.UseInMemoryInbox() : options.UsePostgresInbox(Database);
            }
        );
        await using var provider = services.BuildServiceProvider();

        var own = provider
            .GetServices<IHostedService>()
            .Select(service => service.GetType())
            .Where(type => type.Assembly == typeof(SubscriberOptions).Assembly);

        string.Join(", ", own.Select(type => type.Name).Order(StringComparer.Ordinal)).ShouldBe(running);
    }

    [Fact]
    public async Task Data_source_without_room_for_all_messages_is_refused()
    {
        await using var source = NpgsqlDataSource.Create($"{Database};Maximum Pool Size=19");
        var services = new ServiceCollection().AddSingleton<CertificateRegister>();
        services.AddCourseStatusSubscriber<CertificateConsumer>(Broker, options => options.UsePostgresInbox(source));
        await using var provider = services.BuildServiceProvider();

        var fault = Should.Throw<SubscriberOptionsException>(() =>
            provider.GetRequiredService<Subscription<CertificateConsumer>>()
        );

        fault.Faults.ShouldHaveSingleItem().ShouldContain("Maximum Pool Size of 19; Concurrency takes 20");
    }

    public interface IFurtherBus : IBus;

    private sealed class OtherConsumer : IConsumer<CourseStatusChanged>
    {
        public Task Consume(ConsumeContext<CourseStatusChanged> context) => Task.CompletedTask;
    }
}
