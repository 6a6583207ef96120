using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>What kind of trouble the database is in; decides health text and exit code.</summary>
public enum StorageFailureKind
{
    /// <summary>Not reachable, overloaded, restarting: passes by itself.</summary>
    Unavailable,

    /// <summary>Wrong address, credentials or rights: needs a person.</summary>
    Configuration,

    /// <summary>The schema is missing or of another version: needs <c>db apply</c> or another version of the program.</summary>
    Schema,

    /// <summary>The commit was sent and its answer never came: it may have happened. Read again before writing again.</summary>
    OutcomeUnknown,

    /// <summary>The database refused the data or the statement: a fault of the program.</summary>
    Refused,
}

/// <summary>The database did not do what was asked. The message says what was being done, what was found, what to do.</summary>
public sealed class StorageException : Exception, IExplained
{
    internal StorageException(StorageFailureKind kind, string operation, string found, string hint, Exception? inner)
        : base($"{operation}: {found} {hint}", inner)
    {
        Kind = kind;
        Operation = operation;
        Reason = $"{operation}: {found}";
        Hint = hint;
    }

    /// <summary>Another writer was first, again and again.</summary>
    internal static StorageException TooManyConflicts(Company company, int tries) =>
        new(
            StorageFailureKind.Refused,
            $"Storing the changes of company '{company}'",
            $"another writer moved the same assignments {tries} times in a row.",
            "If it stays, something else writes to these streams.",
            inner: null
        );

    /// <summary>What kind of trouble.</summary>
    public StorageFailureKind Kind { get; }

    /// <summary>What was being done.</summary>
    public string Operation { get; }

    /// <inheritdoc />
    public string Reason { get; }

    /// <inheritdoc />
    public string Hint { get; }
}
