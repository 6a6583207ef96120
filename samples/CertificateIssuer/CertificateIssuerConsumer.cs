using CertificateIssuer.Register;
using MassTransit;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;

namespace CertificateIssuer;

/// <summary>A certificate for each completed attempt; none any more when the course is reopened.</summary>
/// <param name="transaction">The inbox's: what is written there is committed with the mark that the message was handled.</param>
public sealed class CertificateIssuerConsumer(CertificateRegister register, InboxTransaction transaction)
    : IConsumer<CourseCompleted>,
        IConsumer<CourseReopened>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<CourseCompleted> context)
    {
        if (await register.IssueAsync(context.Message, transaction, context.CancellationToken) is { } issued)
            await Console.Out.WriteLineAsync($"{issued.Number}  {issued.EmployeeId}  {issued.CourseName}");
    }

    /// <inheritdoc />
    public async Task Consume(ConsumeContext<CourseReopened> context)
    {
        foreach (var revoked in await register.RevokeAsync(context.Message, transaction, context.CancellationToken))
            await Console.Out.WriteLineAsync($"{revoked.Number}  {revoked.EmployeeId}  revoked  {revoked.CourseName}");
    }
}
