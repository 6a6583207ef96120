using CertificateIssuer;
using CertificateIssuer.Design;
using UglyToad.PdfPig.Fonts.TrueType;
using UglyToad.PdfPig.Fonts.TrueType.Parser;

namespace RuangKerja.Events.Tests.Samples;

public sealed class CertificateDesignTests
{
    private static readonly CompanyDirectory Companies = new(
        new Company(null, TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta")),
        new Dictionary<string, Company>
        {
            ["timur"] = new("PT Contoh Timur", TimeZoneInfo.FindSystemTimeZoneById("Asia/Jayapura")),
        }
    );

    // In Jakarta it is the 1st of February already.
    private static readonly Certificate Certificate = new(
        "default",
        "ASGC-1/ID-0007/0a1b2c3d",
        2,
        "ID-0007",
        "Keselamatan Kerja",
        new DateTimeOffset(2026, 1, 31, 17, 30, 0, TimeSpan.Zero)
    );

    [Fact]
    public void A_certificate_says_who_what_and_when_in_both_languages()
    {
        var texts = TextsOf(Certificate);

        texts.ShouldContain("Sertifikat Penyelesaian");
        texts.ShouldContain("CERTIFICATE OF COMPLETION");
        texts.ShouldContain("ID-0007");
        texts.ShouldContain("Keselamatan Kerja");
        texts.ShouldContain("pada tanggal 1 Februari 2026");
        texts.ShouldContain("on 1 February 2026");
        texts.ShouldContain(Certificate.Number);
        texts.ShouldContain("Percobaan / Attempt 2");
        string.Concat(texts).ShouldContain(Certificate.Sha256);
        texts.ShouldNotContain(text => text.Contains("REVOKED"));
    }

    [Fact]
    public void A_company_has_its_own_name_and_days()
    {
        var texts = TextsOf(Certificate with { Company = "timur", CompletedAt = At(31, 14, 59) });
        var later = TextsOf(Certificate with { Company = "timur", CompletedAt = At(31, 15, 0) });

        texts.ShouldContain("PT Contoh Timur");
        texts.ShouldContain("on 31 January 2026");
        later.ShouldContain("on 1 February 2026");

        static DateTimeOffset At(int day, int hour, int minute) => new(2026, 1, day, hour, minute, 0, TimeSpan.Zero);
    }

    [Fact]
    public void A_revoked_certificate_says_so_and_when_and_why()
    {
        var revoked = new Revocation(new DateTimeOffset(2026, 5, 2, 3, 0, 0, TimeSpan.Zero), "dibuka / reopened");

        var texts = new PdfReader(new CertificateDesign(Companies).Render(Certificate, revoked)).Texts();

        texts.ShouldContain("DICABUT / REVOKED");
        texts.ShouldContain("Dicabut 2 Mei 2026 / revoked 2 May 2026: dibuka / reopened");
        texts.ShouldContain(Certificate.Number);
    }

    [Theory]
    [InlineData(
        "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua belas tiga belas empat belas"
    )]
    [InlineData("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW")]
    public void A_long_course_name_is_there_whole_and_within_the_border(string part)
    {
        var name = string.Join(part.Contains(' ') ? " " : "", Enumerable.Repeat(part, 6))[..500].Trim();

        var pdf = new PdfReader(new CertificateDesign(Companies).Render(Certificate with { CourseName = name }));

        var between = pdf.Texts()
            .SkipWhile(text => !text.Contains("completing the course"))
            .Skip(1)
            .TakeWhile(text => !text.StartsWith("pada tanggal"))
            .ToList();
        between.Count.ShouldBeGreaterThan(1);
        string.Concat(between).Replace(" ", "").ShouldBe(name.Replace(" ", ""));
        pdf.Pieces.ShouldAllBe(piece => piece.Left > 60 && piece.Right < 842 - 60);
    }

    [Theory]
    [InlineData("Безопасность труда", "Безопасность труда")]
    [InlineData("Ασφάλεια – An toàn lao động", "Ασφάλεια – An toàn lao động")]
    [InlineData("安全 training 😀", "□□ training □")]
    [InlineData("בטיחות السلامة", "□□□□□□ □□□□□□□")]
    [InlineData("two\nlines\tand\u200e more", "two lines and more")]
    public void What_the_font_lacks_is_shown_as_lacking(string name, string shown) =>
        TextsOf(Certificate with { CourseName = name }).ShouldContain(shown);

    [Fact]
    public void Characters_beyond_those_that_one_font_can_number_are_shown_as_lacking()
    {
        // From the Latin letters with signs through Greek to the Cyrillic ones, which the font has nearly all of.
        var name = string.Concat(Enumerable.Range(0x00C0, 0x0500 - 0x00C0).Select(code => (char)code));

        var texts = TextsOf(Certificate with { CourseName = name });

        var shown = string.Concat(texts);
        shown.ShouldContain(name[..30]);
        shown.ShouldContain("□□□□□□□□□□");
        texts.ShouldContain(Certificate.Number);
    }

    [Fact]
    public void The_same_certificate_gives_the_same_file_and_a_small_one()
    {
        var design = new CertificateDesign(Companies);

        var file = design.Render(Certificate);

        new CertificateDesign(Companies).Render(Certificate).ShouldBe(file);
        file.Length.ShouldBeLessThan(60_000);
    }

    [Fact]
    public void The_embedded_fonts_have_the_outlines_of_the_letters_used_and_no_others()
    {
        var pdf = new PdfReader(new CertificateDesign(Companies).Render(Certificate with { CourseName = "Ångström" }));

        var fonts = pdf.FontFiles.Select(file => TrueTypeFontParser.Parse(new TrueTypeDataBytes(file))).ToList();

        fonts.Count.ShouldBe(2);
        foreach (var offsets in fonts.Select(font => font.TableRegister.IndexToLocationTable.GlyphOffsets))
            offsets.Zip(offsets.Skip(1)).Count(glyph => glyph.Second > glyph.First).ShouldBeInRange(15, 120);
    }

    [Fact]
    public void The_number_is_made_of_the_attempt_and_the_hash_of_everything()
    {
        var renamed = Certificate with { CourseName = "Keselamatan Kerja Dasar" };

        Certificate.Number.ShouldMatch("^RK(-[0-9A-HJKMNP-TV-Z]{4}){3}$");
        renamed.Number.ShouldBe(Certificate.Number);
        renamed.Sha256.ShouldNotBe(Certificate.Sha256);
        (Certificate with { Attempt = 3 }).Number.ShouldNotBe(Certificate.Number);
        (Certificate with { Company = "timur" }).Number.ShouldNotBe(Certificate.Number);
    }

    private static IReadOnlyList<string> TextsOf(Certificate certificate) =>
        new PdfReader(new CertificateDesign(Companies).Render(certificate)).Texts();
}
