using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Tests.Relay;

public sealed class RelayOptionsTests
{
    [Theory]
    [InlineData("amqp://a:1@h/prod", "amqp://b:2@H:5672/prod", true)]
    [InlineData("amqps://a:1@h", "amqps://b:2@h:5671/", true)]
    [InlineData("amqp://a:1@h/a%20b", "amqp://a:2@h/a%20b", true)]
    [InlineData("amqp://a:1@h/Prod", "amqp://a:1@h/prod", false)]
    [InlineData("amqp://a:1@h/prod", "amqps://a:1@h:5672/prod", false)]
    [InlineData("amqp://a:1@h/prod", "amqp://a:1@h:5673/prod", false)]
    [InlineData("amqp://a:1@h/prod", "amqp://a:1@other/prod", false)]
    public void SameBroker_IsAMatterOfHostPortEncryptionAndVirtualHost(string one, string other, bool same) =>
        RelayOptions.IsSameBroker(new Uri(one), new Uri(other)).ShouldBe(same);
}
