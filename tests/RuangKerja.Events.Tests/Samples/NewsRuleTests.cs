using LearnerNotifier.News;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Testing;

namespace RuangKerja.Events.Tests.Samples;

public sealed class NewsRuleTests
{
    private static readonly NewsRule Rule = new(NewsRule.DefaultKinds, TimeSpan.FromDays(7));

    [Fact]
    public void Learners_are_told_what_others_or_time_did_and_how_it_ended()
    {
        var assignment = new TestAssignment();

        Judge(assignment.Assigned()).ShouldBe(Silence.None);
        Judge(assignment.Started()).ShouldBe(Silence.Kind);
        Judge(assignment.Reset()).ShouldBe(Silence.Kind);
        Judge(assignment.Completed()).ShouldBe(Silence.None);
        Judge(assignment.Reopened()).ShouldBe(Silence.None);
        Judge(assignment.Failed()).ShouldBe(Silence.None);
        Judge(assignment.Expired()).ShouldBe(Silence.None);
    }

    [Fact]
    public void What_happened_long_ago_is_no_news()
    {
        var change = new TestAssignment().Completed();

        Rule.Judge(change, isPast: false, change.OccurredAt + TimeSpan.FromDays(7)).ShouldBe(Silence.None);
        Rule.Judge(change, isPast: false, change.OccurredAt + TimeSpan.FromDays(7.01)).ShouldBe(Silence.Old);
    }

    [Fact]
    public void A_first_sight_without_a_time_of_its_own_may_be_the_past()
    {
        var assignment = new TestAssignment();
        var (first, second) = (assignment.Assigned(), assignment.Completed());

        Judge(first with { OccurredAtPrecision = Precisions.Observed }).ShouldBe(Silence.Undated);
        Judge(first with { OccurredAtPrecision = Precisions.Day }).ShouldBe(Silence.None);
        Judge(second with { OccurredAtPrecision = Precisions.Observed }).ShouldBe(Silence.None);
    }

    [Fact]
    public void An_inferred_step_is_news_like_any_other()
    {
        var change = new TestAssignment().Completed();
        change.Inferred.ShouldBeTrue();

        Judge(change).ShouldBe(Silence.None);
    }

    [Fact]
    public void A_replayed_past_is_none() =>
        Rule.Judge(new TestAssignment().Completed(), isPast: true, TimeProvider.System.GetUtcNow())
            .ShouldBe(Silence.Replayed);

    private static Silence Judge(CourseStatusChanged change) =>
        Rule.Judge(change, isPast: false, change.DetectedAt + TimeSpan.FromMinutes(1));
}
