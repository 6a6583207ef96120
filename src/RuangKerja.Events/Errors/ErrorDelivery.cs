using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace RuangKerja.Events.Errors;

/// <summary>A message that the broker has handed out and that is not settled.</summary>
/// <param name="Tag">By which it is settled.</param>
/// <param name="CameBack">Whether a quorum queue got it back before; false in a queue that does not count.</param>
internal sealed record ErrorDelivery(ulong Tag, bool CameBack, IReadOnlyBasicProperties Properties, byte[] Body)
{
    /// <summary>Copies what the client will use again.</summary>
    public static ErrorDelivery Of(BasicDeliverEventArgs delivery)
    {
        var properties = new BasicProperties(delivery.BasicProperties);
        var returns = properties.Text(FaultHeaders.DeliveryCount);
        return new ErrorDelivery(
            delivery.DeliveryTag,
            long.TryParse(returns, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0,
            properties,
            delivery.Body.ToArray()
        );
    }
}
