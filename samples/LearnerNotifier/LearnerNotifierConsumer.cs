using MassTransit;
using RuangKerja.Events.Contracts;

namespace LearnerNotifier;

/// <summary>Prints a line for every change of a course status. A real one would write a mail.</summary>
public sealed class LearnerNotifierConsumer : IConsumer<CourseStatusChanged>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<CourseStatusChanged> context)
    {
        var change = context.Message;
        var before = change.PreviousStatus ?? "(new)";
        return Console.Out.WriteLineAsync(
            $"{change.Kind, -9} {change.EmployeeId}  {before} -> {change.Status}  {change.CourseName}  "
                + $"version {change.Version}, event {change.EventId}"
        );
    }
}
