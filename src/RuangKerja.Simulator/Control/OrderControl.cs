using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.Life;

namespace RuangKerja.Simulator.Control;

/// <summary>Makes single things happen, and answers what became of them.</summary>
internal sealed class OrderControl(World world, TimeProvider time)
{
    public Task PostTransition(HttpContext context) =>
        CarryOut<TransitionOrder, LedgerEntry>(context, world.Transition);

    public Task PostAssignment(HttpContext context) => CarryOut<AssignmentOrder, LedgerEntry>(context, world.Assign);

    public Task PostReassignment(HttpContext context) =>
        CarryOut<AssignmentChoice, LedgerEntry>(context, world.Reassign);

    public Task PostTouch(HttpContext context) => CarryOut<AssignmentChoice, AssignmentState>(context, world.Touch);

    public Task PostRemoval(HttpContext context) => CarryOut<AssignmentChoice, AssignmentState>(context, world.Remove);

    public Task GetRemovals(HttpContext context)
    {
        world.AdvanceTo(time.GetUtcNow());
        return ControlJson.Write(context, world.Removals);
    }

    public Task PostRename(HttpContext context) =>
        CarryOut<RenameOrder, CourseName>(
            context,
            (order, now) =>
            {
                var course = world.RenameCourse(order, now);
                return new CourseName(course.Serial, course.Name);
            }
        );

    private async Task CarryOut<TOrder, TOutcome>(HttpContext context, Func<TOrder, DateTimeOffset, TOutcome> carryOut)
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

    private sealed record CourseName(string CourseSerial, string Name);
}
