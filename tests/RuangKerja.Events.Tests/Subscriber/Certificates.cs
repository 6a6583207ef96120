using System.Collections.Concurrent;
using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Tests.Subscriber;

/// <summary>Where a team keeps what it issues.</summary>
public sealed class CertificateRegister
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public Task IssueAsync(string employeeId, string courseName, int attempt) =>
        Write($"issue {employeeId} {courseName} {attempt}");

    public Task RevokeAsync(string employeeId, string courseName) => Write($"revoke {employeeId} {courseName}");

    private Task Write(string line)
    {
        _lines.Enqueue(line);
        return Task.CompletedTask;
    }
}

public sealed class CertificateConsumer(CertificateRegister register)
    : IConsumer<CourseCompleted>,
        IConsumer<CourseReopened>
{
    public Task Consume(ConsumeContext<CourseCompleted> context) =>
        register.IssueAsync(context.Message.EmployeeId, context.Message.CourseName, context.Message.Attempt);

    public Task Consume(ConsumeContext<CourseReopened> context) =>
        register.RevokeAsync(context.Message.EmployeeId, context.Message.CourseName);
}
