using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Tests.Detection;

namespace RuangKerja.Events.Tests.Model;

/// <summary>Asks the real detection what a row changes, each question once.</summary>
internal sealed class Detecting(CourseStatus[][] histories)
{
    private const int SecondsApart = 600;

    private readonly Dictionary<(int Assignment, Stream Stream, int Change), Write?> _answers = [];

    /// <summary>What is to be written when the API shows a change; null when nothing is.</summary>
    public Write? Detect(int assignment, Stream stored, int change)
    {
        if (_answers.TryGetValue((assignment, stored, change), out var answer))
            return answer;

        var known = Load(assignment, stored);
        var rows = ChangeSet.Detect(
            known is null ? KnownAssignments.None : Rows.Store(known),
            [Row(assignment, change)],
            Rows.Live
        );
        answer = rows.Assignments is [var changes]
            ? new Write(assignment, (int)changes.Before, changes.Events.Count > 0, change)
            : null;
        _answers.Add((assignment, stored, change), answer);
        return answer;
    }

    /// <summary>The snapshot that the stored events, and the rows after them that brought none, have come to.</summary>
    private CourseStatusSnapshot? Load(int assignment, Stream stored)
    {
        CourseStatusSnapshot? known = null;
        foreach (var change in stored.Events.Append(stored.Seen).Where(change => change > 0))
            known = Detector.Detect(known, Row(assignment, change), Rows.Live).Snapshot ?? known;
        return known;
    }

    private FeedObservation Row(int assignment, int change) =>
        Rows.Row(histories[assignment][change - 1], change * SecondsApart, employee: assignment + 1);
}
