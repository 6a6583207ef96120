using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Testing;

namespace RuangKerja.Events.Tests.Subscriber;

/// <summary>A team's tests of its consumer, as it would write them.</summary>
public sealed class CourseStatusTestHarnessTests
{
    [Fact]
    public async Task Certificate_is_issued_once_and_revoked_when_the_course_is_opened_again()
    {
        var register = new CertificateRegister();
        await using var harness = await CourseStatusTestHarness.StartAsync<CertificateConsumer>(services =>
            services.AddSingleton(register)
        );
        var assignment = new TestAssignment(employeeId: "ID-7", courseName: "Keselamatan Kerja");
        var started = assignment.Started();
        var completed = assignment.Completed();

        var news = await harness.DeliverAsync(started, completed, assignment.Reopened());
        var again = await harness.DeliverAsync(completed);
        var replayed = await harness.ReplayAsync(started, completed);

        news.Select(result => result.Outcome)
            .ShouldBe([DeliveryOutcome.NotConsumed, DeliveryOutcome.Handled, DeliveryOutcome.Handled]);
        again[0].Outcome.ShouldBe(DeliveryOutcome.Duplicate);
        replayed.ShouldAllBe(result => result.Outcome == DeliveryOutcome.Duplicate);
        register.Lines.ShouldBe(["issue ID-7 Keselamatan Kerja 1", "revoke ID-7 Keselamatan Kerja"]);
    }

    [Fact]
    public async Task Consumer_that_fails_is_told_with_what_it_has_thrown()
    {
        await using var harness = await StartAsync(new Flaky { Failures = 1 });

        var results = await harness.DeliverAsync(new TestAssignment().Assigned());

        var failed = results.ShouldHaveSingleItem();
        failed.Outcome.ShouldBe(DeliveryOutcome.Faulted);
        failed.Error.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe("Not yet.");
    }

    [Fact]
    public async Task Message_that_was_given_up_is_handled_when_it_comes_again_and_later_ones_are_not_held_up()
    {
        var flaky = new Flaky { Failures = 1 };
        await using var harness = await StartAsync(flaky);
        var assignment = new TestAssignment();
        var first = assignment.Assigned();

        var failed = await harness.DeliverAsync(first);
        var later = await harness.DeliverAsync(assignment.Started());
        var again = await harness.DeliverAsync(first, first);

        failed[0].Outcome.ShouldBe(DeliveryOutcome.Faulted);
        later[0].Outcome.ShouldBe(DeliveryOutcome.Handled);
        again.Select(result => result.Outcome).ShouldBe([DeliveryOutcome.Handled, DeliveryOutcome.Duplicate]);
    }

    [Fact]
    public async Task Older_version_is_dropped_as_outdated()
    {
        await using var harness = await StartAsync(new Flaky());
        var assignment = new TestAssignment();
        var (first, second) = (assignment.Assigned(), assignment.Started());

        var results = await harness.DeliverAsync(second, first);

        results.Select(result => result.Outcome).ShouldBe([DeliveryOutcome.Handled, DeliveryOutcome.Outdated]);
    }

    [Fact]
    public async Task Each_attempt_has_a_scope_of_its_own()
    {
        var flaky = new Flaky { Failures = 2 };
        await using var harness = await CourseStatusTestHarness.StartAsync<FlakyConsumer>(
            services => services.AddSingleton(flaky).AddScoped<Unit>(),
            options => options.Attempts = 3
        );

        var results = await harness.DeliverAsync(new TestAssignment().Assigned());

        results[0].Outcome.ShouldBe(DeliveryOutcome.Handled);
        flaky.Units.Distinct().Count().ShouldBe(3);
        flaky.Units.ShouldAllBe(unit => unit.IsDisposed);
        flaky.Contexts.Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
    }

    [Fact]
    public async Task Consumer_that_fails_each_time_is_told_once_behind_its_last_attempt()
    {
        var flaky = new Flaky { Failures = int.MaxValue };
        await using var harness = await CourseStatusTestHarness.StartAsync<FlakyConsumer>(
            services => services.AddSingleton(flaky).AddScoped<Unit>(),
            options => options.Attempts = 3
        );
        var assignment = new TestAssignment();

        var results = await harness.DeliverAsync(assignment.Assigned(), assignment.Started());

        results.ShouldAllBe(result => result.Outcome == DeliveryOutcome.Faulted);
        results.ShouldAllBe(result => result.Error is InvalidOperationException);
        flaky.Units.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Transaction_that_the_inbox_does_not_have_is_asked_for_in_vain()
    {
        await using var harness = await CourseStatusTestHarness.StartAsync<WantsTransaction>();

        var results = await harness.DeliverAsync(new TestAssignment().Assigned());

        results[0].Error.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("UsePostgresInbox");
    }

    private static Task<CourseStatusTestHarness<FlakyConsumer>> StartAsync(Flaky flaky) =>
        CourseStatusTestHarness.StartAsync<FlakyConsumer>(services => services.AddSingleton(flaky).AddScoped<Unit>());

    /// <summary>What lives as long as an attempt, as a database context does.</summary>
    public sealed class Unit : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    /// <summary>How often a consumer fails, and what it was given.</summary>
    public sealed class Flaky
    {
        public int Failures { get; set; }

        /// <summary>The messages by MassTransit's context as the scope has it.</summary>
        public List<Guid?> Contexts { get; } = [];

        public List<Unit> Units { get; } = [];
    }

    public sealed class FlakyConsumer(Flaky flaky, Unit unit, ConsumeContext scoped) : IConsumer<CourseStatusChanged>
    {
        public Task Consume(ConsumeContext<CourseStatusChanged> context)
        {
            flaky.Units.Add(unit);
            flaky.Contexts.Add(scoped.MessageId);
            return flaky.Failures-- > 0 ? throw new InvalidOperationException("Not yet.") : Task.CompletedTask;
        }
    }

    public sealed class WantsTransaction(InboxTransaction transaction) : IConsumer<CourseStatusChanged>
    {
        public Task Consume(ConsumeContext<CourseStatusChanged> context) =>
            Task.FromResult(transaction.Connection.State);
    }
}
