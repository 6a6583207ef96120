using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Requests;

namespace RuangKerja.Simulator.Control;

/// <summary>
/// The paths under <c>/simulator</c>: what the real API does not have. They need no token, are never delayed or failed, and do
/// not count as requests. What cannot be read is answered 400, an order nothing fits 404, one that changes nothing 409, each
/// with <c>{"error":"…"}</c>.
/// </summary>
internal sealed class ControlApi(World world, TimeProvider time, FaultBoard faults, RequestLog requests)
{
    private readonly LedgerControl _ledger = new(world, time);
    private readonly LifeControl _life = new(world, time);
    private readonly OrderControl _orders = new(world, time);
    private readonly FaultControl _faults = new(world, faults);
    private readonly RequestControl _requests = new(requests);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/simulator/ledger", _ledger.Get);
        routes.MapGet("/simulator/companies", _ledger.GetCompanies);
        routes.MapGet("/simulator/life", _life.Get);
        routes.MapPost("/simulator/life", _life.Post);
        routes.MapPost("/simulator/transitions", _orders.PostTransition);
        routes.MapPost("/simulator/assignments", _orders.PostAssignment);
        routes.MapPost("/simulator/reassignments", _orders.PostReassignment);
        routes.MapPost("/simulator/touches", _orders.PostTouch);
        routes.MapPost("/simulator/renames", _orders.PostRename);
        routes.MapPost("/simulator/removals", _orders.PostRemoval);
        routes.MapGet("/simulator/removals", _orders.GetRemovals);
        routes.MapGet("/simulator/faults", _faults.Get);
        routes.MapPost("/simulator/faults", _faults.Post);
        routes.MapDelete("/simulator/faults", _faults.Delete);
        routes.MapGet("/simulator/requests", _requests.Get);
        routes.MapDelete("/simulator/requests", _requests.Delete);
    }
}
