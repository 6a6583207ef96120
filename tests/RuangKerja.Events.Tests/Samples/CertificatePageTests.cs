using CertificateIssuer;
using CertificateIssuer.Http;
using CertificateIssuer.Register;

namespace RuangKerja.Events.Tests.Samples;

public sealed class CertificatePageTests
{
    private static readonly CompanyDirectory Companies = new(
        new Company(null, TimeZoneInfo.Utc),
        new Dictionary<string, Company>()
    );

    private static readonly RegisterEntry Entry = new(
        "RK-AAAA-BBBB-CCCC",
        "default",
        "ID-7",
        "Keselamatan",
        1,
        new DateTimeOffset(2026, 1, 31, 5, 0, 0, TimeSpan.Zero),
        null,
        null,
        new string('a', 64)
    );

    [Fact]
    public void A_certificate_is_listed_with_a_link_to_its_file()
    {
        var page = CertificatePage.Render(new RegisterCounts(3, 1), [Entry], Companies);

        page.ShouldContain("<a href=\"/certificates/RK-AAAA-BBBB-CCCC.pdf\">RK-AAAA-BBBB-CCCC</a>");
        page.ShouldContain("3 diterbitkan / issued, 1 dicabut / revoked");
        page.ShouldContain("31 January 2026");
        page.ShouldContain("berlaku / valid");
    }

    [Fact]
    public void What_comes_from_outside_is_text_and_no_markup()
    {
        var entry = Entry with { EmployeeId = "<script>alert(1)</script>", CourseName = "\"K3\" & <b>lain</b>" };

        var page = CertificatePage.Render(new RegisterCounts(1, 0), [entry], Companies);

        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        page.ShouldContain("&quot;K3&quot; &amp; &lt;b&gt;lain&lt;/b&gt;");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<b>");
    }

    [Fact]
    public void A_revoked_one_says_so_and_why()
    {
        var entry = Entry with
        {
            RevokedAt = new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero),
            Reason = "dibuka",
        };

        var page = CertificatePage.Render(new RegisterCounts(1, 1), [entry], Companies);

        page.ShouldContain("class=\"revoked\"");
        page.ShouldContain("dicabut / revoked 2 May 2026: dibuka");
    }
}
