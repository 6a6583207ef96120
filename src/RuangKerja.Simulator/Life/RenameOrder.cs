namespace RuangKerja.Simulator.Life;

/// <summary>A new name for a course. Nothing else of its rows moves, <c>updatedAt</c> included.</summary>
public sealed record RenameOrder
{
    /// <summary>The company's name; null for the first company.</summary>
    public string? Company { get; init; }

    /// <summary>Such as <c>COURSE-7QK2M4XZ</c>; null for a course with an online roster, chosen by chance.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>The name from now on; another course may have it too. Null for the old one with a mark behind it.</summary>
    public string? Name { get; init; }
}
