namespace RuangKerja.Events.Detection;

/// <summary>
/// The order of rows: by their time; of rows that say the same of the same instant, the one that says most comes first, so
/// that what is told does not depend on the order of an answer.
/// </summary>
internal sealed class AsItHappened : IComparer<Observation>
{
    public static readonly AsItHappened Instance = new();

    public int Compare(Observation? x, Observation? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);

        var order = TimeOf(x).CompareTo(TimeOf(y));
        if (order == 0)
            order = (int)x.Status - (int)y.Status;
        if (order == 0)
            order = Nullable.Compare(CompletedAtOf(y), CompletedAtOf(x));
        if (order == 0)
            order = string.CompareOrdinal(x.Course.Name, y.Course.Name);
        if (order == 0)
            order = string.CompareOrdinal(SerialOf(x), SerialOf(y));
        return order == 0 ? string.CompareOrdinal(x.EmployeeId, y.EmployeeId) : order;
    }

    private static DateTimeOffset TimeOf(Observation row) => row is FeedObservation feed ? feed.UpdatedAt : row.SeenAt;

    private static DateTimeOffset? CompletedAtOf(Observation row) =>
        row switch
        {
            FeedObservation feed => feed.CompletedAt,
            RosterObservation roster => roster.CompletedAt,
            _ => null,
        };

    private static string? SerialOf(Observation row) => (row as FeedObservation)?.AssignedCourseSerial;
}
