using System.Net.Mime;
using System.Text.Json;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>The queue of requests on the broker: a quorum queue with competing consumers, one endpoint in each instance.</summary>
internal static class ReplayRequestQueue
{
    /// <summary>The queue's name, and its exchange's.</summary>
    public const string Name = "ruangkerja-replay";

    // A request that waits for the database keeps no other one waiting that could be answered.
    private const int AtOnce = 4;

    /// <summary>The endpoint that takes the requests.</summary>
    public static void Configure(IRabbitMqBusFactoryConfigurator bus, IServiceProvider provider) =>
        bus.ReceiveEndpoint(
            Name,
            endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.PrefetchCount = AtOnce;
                endpoint.ConcurrentMessageLimit = AtOnce;
                // Requests are sent to it, not published to whoever cares.
                endpoint.ConfigureConsumeTopology = false;
                endpoint.ClearSerialization();
                endpoint.AddSerializer(new SystemTextJsonMessageSerializerFactory());
                endpoint.AddDeserializer(new AnythingFactory(), isDefault: true);
                endpoint.Handler<Anything>(context => ConsumeAsync(context, provider));
            }
        );

    private static Task ConsumeAsync(ConsumeContext<Anything> context, IServiceProvider provider)
    {
        var received = context.ReceiveContext;
        var amqp = received.TryGetPayload<RabbitMqBasicConsumeContext>(out var basic)
            ? new AmqpReply(basic.Properties.ReplyTo, basic.Properties.CorrelationId)
            : new AmqpReply(null, null);
        return provider
            .GetRequiredService<ReplayRequestConsumer>()
            .ConsumeAsync(received.Body.GetBytes(), amqp, context.CancellationToken);
    }

    /// <summary>
    /// Stands for whatever comes: the bytes are read by <see cref="ReplayRequestReader"/>, since MassTransit puts a message
    /// that it cannot read aside without a word to the requester.
    /// </summary>
    internal sealed record Anything;

    private sealed class AnythingFactory : ISerializerFactory
    {
        public ContentType ContentType => AnythingDeserializer.Media;

        public IMessageSerializer CreateSerializer() => SystemTextJsonMessageSerializer.Instance;

        public IMessageDeserializer CreateDeserializer() => new AnythingDeserializer();
    }

    private sealed class AnythingDeserializer : IMessageDeserializer
    {
        public static readonly ContentType Media = new("application/octet-stream");

        private static readonly string[] Types = [MessageUrn.ForTypeString<Anything>()];
        private static readonly JsonElement Empty = JsonSerializer.SerializeToElement(new object());

        public ContentType ContentType => Media;

        public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
            new BodyConsumeContext(
                receiveContext,
                Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress)
            );

        public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
            new SystemTextJsonRawSerializerContext(
                SystemTextJsonMessageSerializer.Instance,
                SystemTextJsonMessageSerializer.Options,
                Media,
                new RawMessageContext(headers, destinationAddress, RawSerializerOptions.Default),
                Types,
                RawSerializerOptions.Default,
                Empty
            );

        public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

        public void Probe(ProbeContext context) => context.CreateScope("anything");
    }
}
