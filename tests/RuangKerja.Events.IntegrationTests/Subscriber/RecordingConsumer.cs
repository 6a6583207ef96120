using System.Collections.Concurrent;
using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>What a team's service does with the changes it gets, and what it has done.</summary>
internal sealed class Recorder
{
    private readonly ConcurrentQueue<CourseStatusChanged> _begun = new();
    private readonly ConcurrentQueue<CourseStatusChanged> _done = new();

    /// <summary>Its effect; none unless the test says.</summary>
    public Func<CourseStatusChanged, CancellationToken, Task> Effect { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Every attempt, in the order in which they began.</summary>
    public IReadOnlyList<CourseStatusChanged> Begun => [.. _begun];

    /// <summary>Every attempt that succeeded, in the order in which they ended.</summary>
    public IReadOnlyList<CourseStatusChanged> Done => [.. _done];

    /// <summary>The versions of an assignment that had their effect, in order.</summary>
    public IReadOnlyList<long> VersionsOf(string assignmentId) =>
        [.. _done.Where(change => change.AssignmentId == assignmentId).Select(change => change.Version)];

    /// <summary>Returns when a change has had its effect.</summary>
    public Task WaitForAsync(CourseStatusChanged change) =>
        Wait.Until(
            () => _done.Any(done => done.EventId == change.EventId),
            TimeSpan.FromSeconds(60),
            $"the effect of version {change.Version} of {change.AssignmentId}"
        );

    public async Task HandleAsync(CourseStatusChanged change, CancellationToken cancellationToken)
    {
        _begun.Enqueue(change);
        await Effect(change, cancellationToken);
        _done.Enqueue(change);
    }
}

/// <summary>A consumer of every change.</summary>
internal sealed class RecordingConsumer(Recorder recorder) : IConsumer<CourseStatusChanged>
{
    public Task Consume(ConsumeContext<CourseStatusChanged> context) =>
        recorder.HandleAsync(context.Message, context.CancellationToken);
}

/// <summary>A consumer of two kinds.</summary>
internal sealed class CertificateConsumer(Recorder recorder) : IConsumer<CourseCompleted>, IConsumer<CourseReopened>
{
    public Task Consume(ConsumeContext<CourseCompleted> context) =>
        recorder.HandleAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<CourseReopened> context) =>
        recorder.HandleAsync(context.Message, context.CancellationToken);
}
