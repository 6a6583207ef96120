using System.Globalization;

namespace RuangKerja.Simulator.Control;

/// <summary>The truth, for whoever checks a poller against it.</summary>
internal sealed class LedgerControl(World world, TimeProvider time)
{
    public Task Get(HttpContext context)
    {
        var query = context.Request.Query;
        var seq = 0L;
        if (query["after"] is [{ } after] && !long.TryParse(after, NumberStyles.None, null, out seq))
        {
            return ControlJson.Refuse(
                context,
                StatusCodes.Status400BadRequest,
                $"after: not a whole number: '{after}'"
            );
        }

        world.AdvanceTo(time.GetUtcNow());
        return ControlJson.Write(context, world.Ledger.After(seq, query["company"]));
    }

    public Task GetCompanies(HttpContext context)
    {
        world.AdvanceTo(time.GetUtcNow());
        var companies = world.Companies.Select(company => new CompanyFigures(
            company.Name,
            company.Population.Employees.Count,
            company.Population.Courses.Count,
            company.Population.Assignments.Count
        ));
        return ControlJson.Write(context, companies);
    }

    private sealed record CompanyFigures(string Name, int Employees, int Courses, int Assignments);
}
