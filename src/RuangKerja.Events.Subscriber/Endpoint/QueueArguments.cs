namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>RabbitMQ's names of a queue's arguments.</summary>
internal static class QueueArguments
{
    public const string QueueType = "x-queue-type";
    public const string DeliveryLimit = "x-delivery-limit";
    public const string DeadLetterExchange = "x-dead-letter-exchange";
    public const string DeadLetterStrategy = "x-dead-letter-strategy";
    public const string Overflow = "x-overflow";
    public const string SingleActiveConsumer = "x-single-active-consumer";
}
