using LearnerNotifier.Learners;
using LearnerNotifier.Mails;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Testing;

namespace RuangKerja.Events.Tests.Samples;

public sealed class MailTemplatesTests
{
    private static readonly MailTemplates Templates = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta"));

    public static readonly TheoryData<string, Language> AllKinds = new(
        from kind in typeof(ChangeKinds).GetFields().Select(field => (string)field.GetRawConstantValue()!)
        from language in Enum.GetValues<Language>()
        select (kind, language)
    );

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Every_kind_has_its_words_in_every_language(string kind, Language language)
    {
        var change = new TestAssignment("ID-7", "Kode Etik").Completed() with { Kind = kind };

        var mail = Templates.Write(change, language).ShouldNotBeNull();

        mail.Subject.ShouldEndWith(": Kode Etik");
        mail.Text.ShouldContain("“Kode Etik”");
        mail.Text.ShouldContain("ID-7");
        mail.Html.ShouldContain("Kode Etik");
        mail.Html.ShouldContain(language == Language.Indonesian ? "lang=\"id\"" : "lang=\"en\"");
        mail.Text.ShouldNotContain("{0}");
        var other = Enum.GetValues<Language>().Single(l => l != language);
        Templates.Write(change, other).ShouldNotBeNull().Text.ShouldNotBe(mail.Text);
    }

    [Fact]
    public void A_kind_of_a_later_version_has_none() =>
        Templates.Write(new TestAssignment().Completed() with { Kind = "archived" }, Language.English).ShouldBeNull();

    [Fact]
    public void Dates_are_the_learners_and_scores_are_written_as_the_language_does()
    {
        // In Jakarta it is the 1st of February already.
        var change = new TestAssignment().Completed(87.5) with
        {
            OccurredAt = new DateTimeOffset(2026, 1, 31, 17, 30, 0, TimeSpan.Zero),
        };

        Templates.Write(change, Language.Indonesian)!.Text.ShouldContain("Tanggal: 1 Februari 2026. Nilai: 87,5.");
        Templates.Write(change, Language.English)!.Text.ShouldContain("Date: 1 February 2026. Score: 87.5.");
        Templates
            .Write(change with { OccurredAtPrecision = Precisions.Observed }, Language.English)!
            .Text.ShouldNotContain("Date:");
    }

    [Fact]
    public void A_name_with_markup_and_line_breaks_stays_a_name()
    {
        var change = new TestAssignment("ID-<7>", "A\r\nBcc: x@example.test <b>{0}</b>").Assigned();

        var mail = Templates.Write(change, Language.English)!;

        mail.Subject.ShouldBe("New course: A Bcc: x@example.test <b>{0}</b>");
        mail.Text.ShouldContain("“A Bcc: x@example.test <b>{0}</b>”");
        mail.Html.ShouldContain("&lt;b&gt;");
        mail.Html.ShouldNotContain("<b>");
        mail.Html.ShouldContain("ID-&lt;7&gt;");
    }

    [Fact]
    public void A_subject_has_an_end_and_a_text_the_whole_name()
    {
        var name = string.Concat(Enumerable.Repeat("😀", 250));

        var mail = Templates.Write(new TestAssignment("ID-7", name).Assigned(), Language.English)!;

        mail.Subject.Length.ShouldBeLessThanOrEqualTo(180);
        mail.Subject.ShouldEndWith("😀…");
        mail.Text.ShouldContain(name);
    }
}
