using Microsoft.Extensions.Logging;

namespace LearnerNotifier.Learners;

/// <summary>
/// The learners of a file (<see cref="LearnerFile"/>), which is read again when it has changed. While what is there cannot be
/// read, the last good one holds.
/// </summary>
public sealed partial class FileDirectory : ILearnerDirectory
{
    private readonly string _path;
    private readonly ILogger<FileDirectory> _log;
    private readonly Lock _reading = new();
    private Dictionary<(string Company, string EmployeeId), Learner> _learners;
    private DateTime _changedAt;

    /// <summary>Reads the file for the first time.</summary>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="FormatException">With every line that is wrong.</exception>
    public FileDirectory(string path, ILogger<FileDirectory> log)
    {
        (_path, _log) = (path, log);
        _changedAt = File.GetLastWriteTimeUtc(path);
        _learners = LearnerFile.Read(File.ReadAllLines(path));
    }

    /// <inheritdoc />
    public ValueTask<Learner?> FindAsync(string company, string employeeId, CancellationToken cancellationToken)
    {
        lock (_reading)
        {
            if (File.GetLastWriteTimeUtc(_path) is var changedAt && changedAt != _changedAt)
            {
                _changedAt = changedAt;
                ReadAgain();
            }

            return ValueTask.FromResult(_learners.GetValueOrDefault((company, employeeId)));
        }
    }

    private void ReadAgain()
    {
        try
        {
            _learners = LearnerFile.Read(File.ReadAllLines(_path));
        }
        catch (Exception error) when (error is IOException or FormatException or UnauthorizedAccessException)
        {
            LogNotRead(_path, error.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The learners in {Path} are not read anew, those known before hold: {Reason}")]
    private partial void LogNotRead(string path, string reason);
}
