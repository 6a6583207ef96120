using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.Life;

namespace RuangKerja.Simulator.Control;

/// <summary>Pauses and resumes life, changes its rate, and makes single things happen.</summary>
internal sealed class LifeControl(World world, TimeProvider time)
{
    public Task Get(HttpContext context) => ControlJson.Write(context, world.Life);

    public async Task Post(HttpContext context)
    {
        if (await ControlJson.Read<LifeOrder>(context) is not { } order)
            return;
        if (order.TransitionsPerMinute is { } wanted && !LifeSchedule.IsRate(wanted))
        {
            var error = $"transitionsPerMinute: 0 to {LifeSchedule.FastestRate} is allowed.";
            await ControlJson.Refuse(context, StatusCodes.Status400BadRequest, error);
            return;
        }

        var now = time.GetUtcNow();
        if (order.TransitionsPerMinute is { } perMinute)
            world.ChangeRate(perMinute, now);
        if (order.Alive == true)
            world.Resume(now);
        if (order.Alive == false)
            world.Pause(now);
        await Get(context);
    }

    public Task PostTransition(HttpContext context) => CarryOut<TransitionOrder>(context, world.Transition);

    public Task PostAssignment(HttpContext context) => CarryOut<AssignmentOrder>(context, world.Assign);

    private async Task CarryOut<TOrder>(HttpContext context, Func<TOrder, DateTimeOffset, LedgerEntry> carryOut)
        where TOrder : class
    {
        if (await ControlJson.Read<TOrder>(context) is not { } order)
            return;
        try
        {
            await ControlJson.Write(context, carryOut(order, time.GetUtcNow()));
        }
        catch (OrderRefusedException e)
        {
            var status =
                e.Refusal == OrderRefusal.NothingToMove ? StatusCodes.Status409Conflict : StatusCodes.Status404NotFound;
            await ControlJson.Refuse(context, status, e.Message);
        }
    }

    private sealed record LifeOrder(bool? Alive, double? TransitionsPerMinute);
}
