namespace RuangKerja.Events.Tests.Service;

public sealed class CompaniesReaderTests
{
    private static SampleSettings TwoCompanies() =>
        new SampleSettings()
            .With("RuangKerja:ClientId", null)
            .With("RuangKerja:ClientSecret", null)
            .With("RuangKerja:Companies:acme:ClientId", "a")
            .With("RuangKerja:Companies:acme:ClientSecret", "secret-of-a")
            .With("RuangKerja:Companies:globex:ClientId", "g")
            .With("RuangKerja:Companies:globex:ClientSecretFile", "/run/g")
            .WithFile("/run/g", "secret-of-g\n");

    [Fact]
    public void SeveralCompanies_EachHaveTheirOwn()
    {
        var companies = TwoCompanies().Read().Pipeline.Companies;

        companies.Select(c => c.Company.Name).ShouldBe(["acme", "globex"]);
        companies.Select(c => c.Api.Credentials.ClientSecret).ShouldBe(["secret-of-a", "secret-of-g"]);
    }

    [Fact]
    public void CommonValues_HoldUnlessACompanyHasItsOwn()
    {
        var companies = TwoCompanies()
            .With("RuangKerja:BaseUrl", "https://common.example")
            .With("RuangKerja:TimeZone", "Asia/Jayapura")
            .With("RuangKerja:Companies:globex:BaseUrl", "https://own.example")
            .With("RuangKerja:Companies:globex:TimeZone", "Asia/Makassar")
            .Read()
            .Pipeline.Companies;

        companies.Select(c => c.Api.BaseUrl.Host).ShouldBe(["common.example", "own.example"]);
        companies.Select(c => c.Api.TimeZone.Id).ShouldBe(["Asia/Jayapura", "Asia/Makassar"]);
    }

    [Fact]
    public void RequestsPerSecond_HoldForEachCompanyAndAreOneFaultWhenWrong()
    {
        TwoCompanies()
            .With("Polling:RequestsPerSecond", "2.5")
            .Read()
            .Pipeline.Companies.Select(c => c.Api.RequestsPerSecond)
            .ShouldBe([2.5, 2.5]);
        TwoCompanies().With("Polling:RequestsPerSecond", "many").Fault().Key.ShouldBe("Polling:RequestsPerSecond");
    }

    [Fact]
    public void CommonValueThatIsWrong_IsOneFault() =>
        TwoCompanies().With("RuangKerja:BaseUrl", "nowhere").Fault().Key.ShouldBe("RuangKerja:BaseUrl");

    [Theory]
    [InlineData("ClientId")]
    [InlineData("ClientSecret")]
    public void OneCompanyBesideSeveral_IsRefused(string name)
    {
        var fault = TwoCompanies().With($"RuangKerja:{name}", "value-x").Fault();

        fault.Key.ShouldBe($"RuangKerja:{name}");
        fault.Allowed.ShouldContain($"RuangKerja:Companies:default:{name}");
        fault.ToString().ShouldNotContain("value-x");
    }

    [Theory]
    [InlineData("Acme Ltd")]
    [InlineData("-acme")]
    [InlineData("*DEFAULT*")]
    public void ImpossibleName_IsRefused(string name)
    {
        var fault = TwoCompanies().With($"RuangKerja:Companies:{name}:ClientId", "x").Fault();

        fault.Key.ShouldBe($"RuangKerja:Companies:{name}");
        fault.Found.ShouldContain(name);
    }

    [Fact]
    public void CompanyWithoutCredentials_NamesItsOwnKeys()
    {
        var faults = TwoCompanies().With("RuangKerja:Companies:third:TimeZone", "UTC").Faults();

        faults
            .Select(f => f.Key)
            .ShouldBe(["RuangKerja:Companies:third:ClientId", "RuangKerja:Companies:third:ClientSecret"]);
    }
}
