using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using RuangKerja.Events.Errors;

namespace RuangKerja.Events.Tests.Errors;

public sealed class ErrorQueueTroubleTests
{
    [Fact]
    public void AFaultOfOurs_IsNotTheBrokers()
    {
        Exception[] ours = [new InvalidOperationException(), new NotSupportedException(), new FormatException()];
        Exception[] theirs =
        [
            ErrorQueueTrouble.Gone("hr"),
            ErrorQueueTrouble.Refused("Redriving", "hr"),
            new AlreadyClosedException(new ShutdownEventArgs(ShutdownInitiator.Peer, 320, "closed")),
            new IOException(),
            new ChannelClosedException(),
            new TimeoutException(),
            new TaskCanceledException(),
        ];

        ours.ShouldAllBe(error => !ErrorQueueTrouble.IsOfTheBroker(error));
        theirs.ShouldAllBe(error => ErrorQueueTrouble.IsOfTheBroker(error));
    }
}
