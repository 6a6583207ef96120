using RuangKerja.Events.Service.Http.Access;

namespace RuangKerja.Events.Tests.Service;

public sealed class ApiKeySettingsTests
{
    private const string Key = "hush-hush-hush-hush-hush";

    private static SampleSettings Sample(string name = "hr") =>
        new SampleSettings().With($"Http:ApiKeys:{name}:Key", Key).With($"Http:ApiKeys:{name}:Role", "viewer");

    [Fact]
    public void Keys_AreReadWithTheirRoles()
    {
        var keys = Sample()
            .With("Http:ApiKeys:ops:KeyFile", "/run/key")
            .WithFile("/run/key", "another-key-of-many-letters\n")
            .With("Http:ApiKeys:ops:Role", "Operator")
            .Read()
            .Http.ApiKeys;

        keys.Select(key => (key.Name, key.Role, key.Secret))
            .ShouldBe(
                [("hr", ApiRole.Viewer, Key), ("ops", ApiRole.Operator, "another-key-of-many-letters")],
                ignoreOrder: true
            );
        $"{keys[0]}".ShouldNotContain(Key);
    }

    [Fact]
    public void KeyFile_IsReadAnew()
    {
        var settings = Sample().With("Http:ApiKeys:hr:Key", null).With("Http:ApiKeys:hr:KeyFile", "/run/key");
        var key = settings.WithFile("/run/key", Key).Read().Http.ApiKeys.ShouldHaveSingleItem();

        settings.WithFile("/run/key", "another-key-of-many-letters");
        key.File!.TryRead(out _).ShouldBe("another-key-of-many-letters");

        settings.WithFile("/run/key", "too-short");
        key.File.TryRead(out var trouble).ShouldBeNull();
        trouble.ShouldBe("is too short");
    }

    [Theory]
    [InlineData("hush-hush-hush-hush-hus", "too short")]
    [InlineData("hush-hush hush-hush-hush", "a blank")]
    [InlineData("hush-hush-hush-hush-húsh", "another character")]
    public void FaultySecret_IsToldAndNotShown(string secret, string why)
    {
        var fault = Sample().With("Http:ApiKeys:hr:Key", secret).Fault();

        fault.Key.ShouldBe("Http:ApiKeys:hr:Key");
        fault.Found.ShouldContain(why);
        fault.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public void SameSecretTwice_IsRefused()
    {
        var fault = Sample().With("Http:ApiKeys:ops:Key", Key).With("Http:ApiKeys:ops:Role", "Operator").Fault();

        fault.Key.ShouldStartWith("Http:ApiKeys:");
        fault.Found.ShouldContain("hr, ops");
        fault.ToString().ShouldNotContain("hush");
    }

    [Theory]
    [InlineData("Http:ApiKeys:hr:Key", null, "found nothing")]
    [InlineData("Http:ApiKeys:hr:Role", null, "found nothing")]
    [InlineData("Http:ApiKeys:hr:Role", "Admin", "Viewer or Operator")]
    public void MissingOrWrongPart_IsNamed(string key, string? value, string text)
    {
        var fault = Sample().With(key, value).Fault();

        fault.Key.ShouldBe(key);
        fault.ToString().ShouldContain(text);
    }

    [Fact]
    public void NameOfOtherLetters_IsRefused() => Sample("HR team").Fault().Allowed.ShouldContain("lower-case letters");

    [Fact]
    public void WithKeys_AnyAddressIsAllowedWithAWarning()
    {
        var options = Sample().With("Http:Urls", "http://0.0.0.0:8080; http://192.0.2.1:80").Read();

        options.Http.Urls.Count.ShouldBe(2);
        options.Warnings.Count.ShouldBe(2);
        options.Warnings.ShouldAllBe(warning => warning.StartsWith("Http:Urls: http://"));
    }

    [Theory]
    [InlineData("http://events.example:80")]
    [InlineData("http://localhost.example:8080")]
    public void NameOfAnAddress_IsRefusedSinceItWouldListenOnEvery(string url) =>
        Sample().With("Http:Urls", url).Fault().Allowed.ShouldContain("every address");

    [Fact]
    public void WithoutKeys_OtherAddressesAreRefusedAndWhatIsNeededIsNamed() =>
        new SampleSettings().With("Http:Urls", "http://0.0.0.0:8080").Fault().Allowed.ShouldContain("Http:ApiKeys");

    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", "http://[::1]:8080/")]
    [InlineData("http://192.0.2.1:8080;http://127.0.0.1:9", "http://192.0.2.1:8080/")]
    public void LocalUrl_IsOneToConnectTo(string urls, string local) =>
        Sample().With("Http:Urls", urls).Read().Http.LocalUrl.ShouldBe(new Uri(local));
}
