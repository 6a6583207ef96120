using CertificateIssuer.Design;

namespace RuangKerja.Events.Tests.Samples;

public sealed class TextFitTests
{
    [Fact]
    public void A_short_text_is_one_line_at_the_largest_size()
    {
        var fitted = Fit("pendek", width: 100, height: 40, largest: 10, smallest: 5);

        fitted.Size.ShouldBe(10);
        fitted.Lines.ShouldBe(["pendek"]);
    }

    [Fact]
    public void A_longer_one_is_broken_at_spaces_and_made_smaller_only_when_lines_do_not_suffice()
    {
        Fit("satu dua tiga", width: 50, height: 24, largest: 10, smallest: 5).Lines.ShouldBe(["satu dua", "tiga"]);
        Fit("satu dua tiga", width: 45, height: 12, largest: 10, smallest: 5).Size.ShouldBe(6);
    }

    [Fact]
    public void A_word_wider_than_a_line_is_broken_within()
    {
        Fit("aa bbbbbbbbbbbb cc", width: 25, height: 60, largest: 10, smallest: 10)
            .Lines.ShouldBe(["aa", "bbbbb", "bbbbb", "bb cc"]);
    }

    [Fact]
    public void What_does_not_fit_at_the_smallest_size_is_cut_off_visibly()
    {
        var fitted = Fit("satu dua tiga empat", width: 20, height: 24, largest: 10, smallest: 10);

        fitted.Lines.ShouldBe(["satu", "dua…"]);
    }

    [Fact]
    public void An_empty_text_is_an_empty_line() => Fit("", 10, 10, 10, 10).Lines.ShouldBe([""]);

    /// <summary>Every character is half as wide as it is high.</summary>
    private static FittedText Fit(string text, double width, double height, double largest, double smallest) =>
        TextFit.Fit(text, width, height, largest, smallest, (line, size) => line.Length * size / 2);
}
