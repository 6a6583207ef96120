using System.Globalization;
using RuangKerja.Events.Api;
using RuangKerja.Events.Polling.Rosters;

namespace RuangKerja.Events.Tests.Polling;

public sealed class PageRunTests
{
    private static readonly PageNumbers Unnumbered = new(null, null, null);
    private readonly PageRun _run = new();

    [Fact]
    public void Numbered_pages_are_read_to_the_last_one()
    {
        Take(0, 100, total: 250, pages: 3).ShouldBe((false, false, 2));
        Take(100, 100, total: 250, pages: 3).ShouldBe((false, false, 3));
        Take(200, 50, total: 250, pages: 3).ShouldBe((true, false, 4));
    }

    [Fact]
    public void Number_of_entries_is_enough_to_know_the_last_page()
    {
        Take(0, 100, total: 200, pages: null).ShouldBe((false, false, 2));
        Take(100, 100, total: 200, pages: null).ShouldBe((true, false, 3));
    }

    [Fact]
    public void Page_in_the_middle_may_be_short()
    {
        Take(0, 100, total: 201, pages: 3);
        _run.Take(Entries(100, 1), new PageNumbers(2, 201, 3));
        _run.AtEnd.ShouldBeFalse();
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void List_without_numbers_ends_with_a_page_that_is_not_full(int count, bool atEnd)
    {
        _run.Take(Entries(0, count), Unnumbered);

        (_run.AtEnd, _run.Drifted).ShouldBe((atEnd, false));
    }

    [Fact]
    public void Empty_page_is_the_last_whatever_it_says()
    {
        _run.Take([], new PageNumbers(1, 0, 5));
        (_run.AtEnd, _run.Drifted).ShouldBe((true, false));

        var unnumbered = new PageRun();
        unnumbered.Take(Entries(0, 100), Unnumbered);
        unnumbered.Take([], Unnumbered);
        (unnumbered.AtEnd, unnumbered.Drifted).ShouldBe((true, false));
    }

    [Theory]
    [InlineData(249)]
    [InlineData(251)]
    [InlineData(null)]
    public void Number_of_entries_that_moves_is_drift(int? then)
    {
        Take(0, 100, total: 250, pages: 3);
        Take(100, 100, total: then, pages: 3).ShouldBe((false, true, 3));
        // It stays one, whatever follows.
        Take(200, 50, total: 250, pages: 3).ShouldBe((true, true, 4));
    }

    [Fact]
    public void Entry_on_two_pages_is_drift()
    {
        Take(0, 100, total: 150, pages: 2);
        Take(99, 50, total: 150, pages: 2).ShouldBe((true, true, 3));
    }

    [Fact]
    public void Entry_twice_on_one_page_is_not()
    {
        _run.Take(["a", "a"], new PageNumbers(1, 2, 1));

        (_run.AtEnd, _run.Drifted).ShouldBe((true, false));
    }

    [Fact]
    public void Entries_that_cannot_be_told_apart_are_counted_all_the_same()
    {
        _run.Take([null, null, "a"], new PageNumbers(1, 5, 2));
        _run.Take([null, "b"], new PageNumbers(2, 5, 2));

        (_run.AtEnd, _run.Drifted).ShouldBe((true, false));
    }

    [Fact]
    public void Fewer_entries_than_promised_at_the_end_are_drift()
    {
        Take(0, 100, total: 150, pages: 2);
        Take(100, 49, total: 150, pages: 2).ShouldBe((true, true, 3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Api_that_answers_the_same_page_for_ever_is_left(bool numbered)
    {
        var numbers = numbered ? new PageNumbers(1, 1_000, 10) : Unnumbered;
        _run.Take(Entries(0, 100), numbers);
        _run.AtEnd.ShouldBeFalse();

        _run.Take(Entries(0, 100), numbers);

        (_run.AtEnd, _run.Drifted).ShouldBe((true, true));
    }

    [Fact]
    public void Api_that_has_no_end_is_left_all_the_same()
    {
        string?[] nobody = [.. Enumerable.Repeat<string?>(null, 100)];
        while (!_run.AtEnd)
            _run.Take(nobody, Unnumbered);

        _run.Page.ShouldBe(20_001);
    }

    private (bool AtEnd, bool Drifted, int Page) Take(int first, int count, int? total, int? pages)
    {
        _run.Take(Entries(first, count), new PageNumbers(_run.Page, total, pages));
        return (_run.AtEnd, _run.Drifted, _run.Page);
    }

    private static string?[] Entries(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
