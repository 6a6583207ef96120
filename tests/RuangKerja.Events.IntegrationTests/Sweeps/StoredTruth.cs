using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.IntegrationTests.Sweeps;

/// <summary>What is stored against what the simulator's people truly hold.</summary>
internal static class StoredTruth
{
    /// <summary>Each assignment of an online course once, with its serial, where it stands.</summary>
    public static async Task ShouldHoldTheTruthAsync(this Deployment deployment, string? courseSerial = null)
    {
        var truth = deployment
            .Simulator.World.Company()
            .Population.Assignments.Where(a => courseSerial is null || a.Course.Serial == courseSerial)
            .Select(a => $"{a.Employee.Id} {a.Course.Serial} {a.Status.Word()}")
            .Order(StringComparer.Ordinal);
        var stored = await deployment.ColumnAsync(
            $"""
            select concat_ws(' ', data->>'employeeId', data->>'courseSerial', data->>'status')
            from ruangkerja.mt_doc_coursestatussnapshot
            where '{courseSerial}' in ('', data->>'courseSerial')
            """
        );
        stored.Order(StringComparer.Ordinal).ShouldBe(truth);
    }
}
