namespace RuangKerja.Events.Storage;

internal sealed partial class CommitBatch
{
    private void MoveProgress()
    {
        var tenant = _commit.Company.TenantId;
        switch (_commit.Progress)
        {
            case WatermarkMove move:
                Add(_sql.AdvanceWatermark, tenant, move.From, move.To, move.CaughtUp, _batchId);
                break;
            case BackfillMove { Range: var range } move:
                Add(_sql.AdvanceBackfill, tenant, range.From, range.To, move.From, move.To);
                break;
            case SweepMove move:
                Add(_sql.AdvanceSweep, tenant, move.SweepId, move.CourseSerial, 1, (long)move.Rows, move.DueAgain);
                break;
            case NoMove:
                break;
            default:
                throw new NotSupportedException($"There is no such progress as {_commit.Progress.GetType().Name}.");
        }

        void Add(string sql, params object[] parameters) =>
            this.Add(sql, rows: 1, CommitOutcome.ProgressMoved, parameters);
    }
}
