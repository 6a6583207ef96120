using RuangKerja.Events.Service.Configuration;

namespace RuangKerja.Events.Tests.Service;

public sealed class UnknownKeysTests
{
    [Theory]
    [InlineData("Storage:ConectionString", "Storage:ConnectionString")]
    [InlineData("Storage:schemas", "Storage:Schema")]
    [InlineData("Polling:Interval", "Polling:Feed:Interval")]
    [InlineData("Polling:Feed:Intervall", "Polling:Feed:Interval")]
    [InlineData("Relay:RabbitMqUrl", "Relay:RabbitMqUri")]
    [InlineData("Http:Url", "Http:Urls")]
    [InlineData("Http:Urls:0", "Http:Urls")]
    [InlineData("RuangKerja:ClientID1", "RuangKerja:ClientId")]
    [InlineData("RuangKerja:Companies:default:Secret", null)]
    [InlineData("Detection:SomethingElseEntirely", null)]
    public void UnknownKey_IsRefusedWithWhatMayBeMeant(string key, string? meant)
    {
        var fault = new SampleSettings().With(key, "v").Faults().Single(f => f.Key == key);

        fault.Allowed.ShouldContain("there is no such setting");
        if (meant is null)
            fault.Allowed.ShouldNotContain("did you mean");
        else
            fault.Allowed.ShouldContain($"did you mean {meant}?");
    }

    [Fact]
    public void SlipInACompanysKey_SuggestsTheKeyOfACompany()
    {
        var fault = new SampleSettings()
            .With("RuangKerja:ClientId", null)
            .With("RuangKerja:ClientSecret", null)
            .With("RuangKerja:Companies:acme:ClientId", "a")
            .With("RuangKerja:Companies:acme:ClientSecret", "b")
            .With("RuangKerja:Companies:acme:TimeZon", "UTC")
            .Fault();

        fault.Allowed.ShouldContain("did you mean RuangKerja:Companies:<name>:TimeZone?");
    }

    [Fact]
    public void SlipInAnApiKeysKey_SuggestsTheKeyOfAnApiKey()
    {
        var fault = new SampleSettings()
            .With("Http:ApiKeys:hr:Key", "a-key-of-more-than-24-letters")
            .With("Http:ApiKeys:hr:Role", "Viewer")
            .With("Http:ApiKeys:hr:KeyFil", "/run/key")
            .Fault();

        fault.Allowed.ShouldContain("did you mean Http:ApiKeys:<name>:KeyFile?");
    }

    [Fact]
    public void KeyOfALaterVersion_IsRefusedAsSuch()
    {
        var fault = new SampleSettings().With("Relay:Lanes", "1").Fault();

        fault.Key.ShouldBe("Relay:Lanes");
        fault.Allowed.ShouldContain("not in this version");
    }

    [Theory]
    [InlineData("Storag:Schema", "Storage")]
    [InlineData("RuangKerjaa:ClientId", "RuangKerja")]
    [InlineData("Poling:Feed:Interval", "Polling")]
    public void MisspeltSection_IsRefused(string key, string meant) =>
        new SampleSettings().With(key, "v").Fault().Allowed.ShouldContain($"did you mean {meant}?");

    [Theory]
    [InlineData("Logging:Console:FormatterName")]
    [InlineData("Kestrel:Limits:X")]
    [InlineData("PATH")]
    [InlineData("HTTP_PROXY")]
    [InlineData("RELAY_PORT")]
    public void OtherPeoplesSettings_AreNoneOfOurs(string key) =>
        new SampleSettings().With(key, "v").Read().ShouldNotBeNull();

    [Fact]
    public void EverySettingOfThisVersion_IsKnownInAnyCase()
    {
        Keys.Known.ShouldAllBe(key => Keys.IsKnown(key.ToUpperInvariant()));
        Keys.IsKnown("RuangKerja:Companies:acme:TimeZone").ShouldBeTrue();
        Keys.IsKnown("RuangKerja:Companies:acme").ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("Same", "sAME", 0)]
    public void Distance_CountsChangedLetters(string one, string other, int expected) =>
        Nearest.Distance(one, other).ShouldBe(expected);
}
