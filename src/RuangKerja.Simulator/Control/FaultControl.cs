using RuangKerja.Simulator.Faults;

namespace RuangKerja.Simulator.Control;

/// <summary>The fault board over HTTP.</summary>
internal sealed class FaultControl(World world, FaultBoard faults)
{
    public Task Get(HttpContext context) =>
        ControlJson.Write(
            context,
            new FaultState(
                faults.Answers,
                faults.Delay.TotalSeconds,
                [.. world.Companies.Select(company => company.Name).Where(faults.AreCredentialsRevoked)],
                faults.FeedRows
            )
        );

    public async Task Post(HttpContext context)
    {
        if (await ControlJson.Read<FaultOrder>(context) is not { } order)
            return;
        if (WhatIsWrongWith(order) is { } error)
        {
            await ControlJson.Refuse(context, StatusCodes.Status400BadRequest, error);
            return;
        }

        CarryOut(order);
        await Get(context);
    }

    public Task Delete(HttpContext context)
    {
        faults.Clear();
        return Get(context);
    }

    private string? WhatIsWrongWith(FaultOrder order) =>
        order.DelaySeconds is < 0 or > 3_600 ? "delaySeconds: 0 to 3600 is allowed."
        : order.Company is { } name && world.Companies.All(company => company.Name != name)
            ? $"company: none is named '{name}'."
        : order.Answer?.WhatIsWrong is { } wrong ? $"answer.{wrong}"
        : null;

    private void CarryOut(FaultOrder order)
    {
        if (order.Answer is { } answer)
            faults.Answer(answer);
        if (order.DelaySeconds is { } seconds)
            faults.Delay = TimeSpan.FromSeconds(seconds);
        if (order.ExpireTokens)
            faults.ExpireTokens();
        if (order.RevokeCredentials == true)
            faults.RevokeCredentials(order.Company);
        if (order.RevokeCredentials == false)
            faults.RestoreCredentials();
        foreach (var row in order.FeedRows ?? [])
            faults.AddFeedRow(row);
    }

    private sealed record FaultOrder(
        AnswerFault? Answer,
        double? DelaySeconds,
        bool ExpireTokens,
        bool? RevokeCredentials,
        string? Company,
        IReadOnlyList<string>? FeedRows
    );

    private sealed record FaultState(
        IReadOnlyList<AnswerFault> Answers,
        double DelaySeconds,
        IReadOnlyList<string> RevokedCompanies,
        IReadOnlyList<string> FeedRows
    );
}
