using System.Collections.Concurrent;
using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Tests.Subscriber;

/// <summary>Where a team keeps what it issues.</summary>
public sealed class CertificateRegister
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Issue(string employeeId, int attempt) => _lines.Enqueue($"issue {employeeId} {attempt}");

    public void Revoke(string employeeId) => _lines.Enqueue($"revoke {employeeId}");
}

/// <summary>A team's consumer.</summary>
public sealed class CertificateConsumer(CertificateRegister register)
    : IConsumer<CourseCompleted>,
        IConsumer<CourseReopened>
{
    public Task Consume(ConsumeContext<CourseCompleted> context)
    {
        if (context.Message.PostTest < 60)
            throw new InvalidOperationException("Nobody completes a course with less than 60 points.");
        register.Issue(context.Message.EmployeeId, context.Message.Attempt);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<CourseReopened> context)
    {
        register.Revoke(context.Message.EmployeeId);
        return Task.CompletedTask;
    }
}
