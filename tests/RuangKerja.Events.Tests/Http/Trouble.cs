using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Http;

/// <summary>Failures as the stages throw them.</summary>
internal static class Trouble
{
    public static StorageException Database(StorageFailureKind kind = StorageFailureKind.Unavailable) =>
        new(kind, "Reading events", "the server does not answer.", "Look whether it runs.", inner: null);

    public static BrokerException Broker() =>
        new(
            BrokerFailureKind.Unavailable,
            "Looking for the queue",
            "the broker does not answer.",
            "Look whether it runs.",
            inner: null
        );
}
