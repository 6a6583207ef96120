namespace LearnerNotifier.News;

/// <summary>Why a learner is told nothing of a change.</summary>
public enum Silence
{
    /// <summary>The learner is told.</summary>
    None,

    /// <summary>Of this kind nobody wants to hear.</summary>
    Kind,

    /// <summary>It happened too long ago.</summary>
    Old,

    /// <summary>It is the first that is known of the assignment, and nobody knows when it happened.</summary>
    Undated,

    /// <summary>A replay tells of an assignment that was never heard of: the past.</summary>
    Replayed,

    /// <summary>The directory does not know the employee.</summary>
    Unknown,
}
