using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Courses;

public sealed class CompanyTests
{
    [Theory]
    [InlineData("default", "*DEFAULT*")]
    [InlineData("pt-maju_2", "pt-maju_2")]
    public void Tenant_is_the_name_save_for_the_default(string name, string tenant)
    {
        Company.TryCreate(name, out var company).ShouldBeTrue();
        company.TenantId.ShouldBe(tenant);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("PT Maju")]
    [InlineData("Maju")]
    [InlineData("maju.jaya")]
    [InlineData("-maju")]
    [InlineData("*DEFAULT*")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void Names_that_cannot_stand_in_a_routing_key_are_refused(string? name) =>
        Company.TryCreate(name, out _).ShouldBeFalse();
}
