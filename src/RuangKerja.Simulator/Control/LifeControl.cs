using RuangKerja.Simulator.Life;

namespace RuangKerja.Simulator.Control;

/// <summary>Pauses and resumes life and changes its rate.</summary>
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

    private sealed record LifeOrder(bool? Alive, double? TransitionsPerMinute);
}
