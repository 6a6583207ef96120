using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Detection;

/// <summary>A true change: from this second on the status is this one.</summary>
internal sealed record Move(int Second, CourseStatus Status);

/// <summary>What really happened to an assignment, whoever saw it.</summary>
/// <param name="Touches">Seconds at which the API dates the row anew without a change.</param>
internal sealed record TrueAssignment(
    string Serial,
    string EmployeeId,
    string CourseSerial,
    IReadOnlyList<Move> Moves,
    IReadOnlyList<int> Touches
)
{
    /// <summary>The last change up to a second; null when it was not assigned yet.</summary>
    public Move? At(int second) => Moves.LastOrDefault(move => move.Second <= second);

    /// <summary>The second of the last change or touch up to a second.</summary>
    public int UpdatedAt(int second) => Touches.Append(At(second)!.Second).Where(touch => touch <= second).Max();

    /// <summary>Statuses in turn, any to any other, some of them touched: the gaps are drawn between the two.</summary>
    public static TrueAssignment Draw(
        Random random,
        string serial,
        string employeeId,
        string courseSerial,
        int least,
        int most,
        bool touched = true
    )
    {
        var moves = new List<Move>();
        var second = random.Next(0, most);
        var status = (CourseStatus)random.Next(0, 3);
        for (var left = random.Next(1, 7); left > 0; left--)
        {
            moves.Add(new Move(second, status));
            second += random.Next(least, most);
            status = (CourseStatus)(((int)status + random.Next(1, 5)) % 5);
        }

        int[] touches = touched
            ? [.. Enumerable.Range(0, random.Next(0, 8)).Select(_ => random.Next(moves[0].Second, second))]
            : [];
        return new TrueAssignment(serial, employeeId, courseSerial, moves, touches);
    }
}
