namespace RuangKerja.Simulator.People;

/// <summary>An entry of the catalogue.</summary>
/// <param name="Serial">Such as <c>COURSE-7QK2M4XZ</c>.</param>
/// <param name="Name">Its category in brackets in front; unique within the company, unless options or a rename say otherwise.</param>
/// <param name="Description">Free text.</param>
/// <param name="Roster">What its online roster answers.</param>
public sealed record Course(string Serial, string Name, string Description, OnlineRoster Roster);

/// <summary>What the online roster of a course answers.</summary>
public enum OnlineRoster
{
    /// <summary>The people who hold the course.</summary>
    Present,

    /// <summary>A page without items, always.</summary>
    Empty,

    /// <summary>A failure body, always.</summary>
    Refused,
}
