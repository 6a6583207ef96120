namespace RuangKerja.Events.Courses;

/// <summary>An entry of the catalogue.</summary>
/// <param name="Serial">The course's serial: it stays when the name changes.</param>
/// <param name="Name">The course's name now, as the API gave it.</param>
public sealed record CatalogueCourse(string Serial, string Name);

/// <summary>Whether a course's name leads to its serial.</summary>
public enum CourseLink
{
    /// <summary>Exactly one course has the name.</summary>
    Linked,

    /// <summary>No course has it.</summary>
    Unknown,

    /// <summary>More than one course has it: which is meant is not guessed.</summary>
    Ambiguous,
}

/// <summary>A course as a row speaks of it.</summary>
/// <param name="Name">As the API gave it.</param>
/// <param name="NormalisedName">As names are compared.</param>
/// <param name="Serial">The course's serial; null when the name does not lead to one and the row has none itself.</param>
/// <param name="Link">Whether the name alone leads to the serial.</param>
public sealed record CourseReference(string Name, string NormalisedName, string? Serial, CourseLink Link);

/// <summary>The courses of a company, and what their names lead to. Never changed.</summary>
public sealed class Catalogue
{
    private readonly Dictionary<string, CatalogueCourse?> _byName = new(StringComparer.Ordinal);

    /// <summary>Nothing is known: every name is unknown.</summary>
    public static readonly Catalogue Empty = new([]);

    /// <summary>Takes in the courses; of several with one serial the last one counts.</summary>
    public Catalogue(IEnumerable<CatalogueCourse> courses)
    {
        Courses = [.. courses.GroupBy(c => c.Serial, StringComparer.Ordinal).Select(same => same.Last())];
        foreach (var course in Courses)
        {
            var name = AssignmentId.NormaliseCourseName(course.Name);
            // Null: more than one course has the name.
            if (!_byName.TryAdd(name, course))
                _byName[name] = null;
        }
    }

    /// <summary>Each serial once.</summary>
    public IReadOnlyList<CatalogueCourse> Courses { get; }

    /// <summary>The names that more than one course has, normalised, in order.</summary>
    public IReadOnlyList<string> AmbiguousNames =>
        [.. _byName.Where(entry => entry.Value is null).Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    /// <summary>The course a feed row names.</summary>
    public CourseReference Named(string courseName)
    {
        var name = AssignmentId.NormaliseCourseName(courseName);
        var link = LinkOf(name, out var course);
        return new CourseReference(courseName, name, course?.Serial, link);
    }

    /// <summary>The course whose roster is read: its serial is certain, whatever its name leads to.</summary>
    public CourseReference Rostered(CatalogueCourse course)
    {
        var name = AssignmentId.NormaliseCourseName(course.Name);
        var link = LinkOf(name, out var named);
        // The catalogue may have been renewed since: a name that now means another course links nothing here.
        var links = link == CourseLink.Linked && named!.Serial == course.Serial;
        return new CourseReference(course.Name, name, course.Serial, links ? CourseLink.Linked : CourseLink.Ambiguous);
    }

    private CourseLink LinkOf(string normalisedName, out CatalogueCourse? course) =>
        !_byName.TryGetValue(normalisedName, out course) ? CourseLink.Unknown
        : course is null ? CourseLink.Ambiguous
        : CourseLink.Linked;
}
