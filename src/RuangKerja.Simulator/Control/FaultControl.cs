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
                faults.FeedRows,
                faults.FeedRowCap,
                faults.FeedLag.TotalSeconds,
                faults.DuplicateShare,
                faults.RosterRows,
                faults.RosterLag.TotalSeconds,
                faults.Drifts,
                faults.Limits
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

    private string? WhatIsWrongWith(FaultOrder order)
    {
        string?[] companies =
        [
            order.Company,
            order.Answer?.Company,
            order.RosterDrift?.Company,
            order.RequestLimit?.Company,
        ];
        return order.DelaySeconds is < 0 or > 3_600 ? "delaySeconds: 0 to 3600 is allowed."
            : !IsLag(order.FeedLagSeconds) ? $"feedLagSeconds: {LagRange}"
            : !IsLag(order.RosterLagSeconds) ? $"rosterLagSeconds: {LagRange}"
            : order.DuplicateShare is < 0 or > 1 ? "duplicateShare: 0 to 1 is allowed."
            : companies.FirstOrDefault(IsUnknown) is { } name ? $"company: none is named '{name}'."
            : order.Answer?.WhatIsWrong is { } answer ? $"answer.{answer}"
            : order.FeedRowCap?.WhatIsWrong is { } cap ? $"feedRowCap.{cap}"
            : order.RosterDrift?.WhatIsWrong is { } drift ? $"rosterDrift.{drift}"
            : order.RequestLimit?.WhatIsWrong is { } limit ? $"requestLimit.{limit}"
            : null;
    }

    private bool IsUnknown(string? company) => company is not null && world.Companies.All(one => one.Name != company);

    private static string LagRange => $"0 to {FaultBoard.LongestLag.TotalSeconds} is allowed.";

    private static bool IsLag(double? seconds) =>
        seconds is null || (seconds >= 0 && seconds <= FaultBoard.LongestLag.TotalSeconds);

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
        if (order.RequestLimit is { } limit)
            faults.Limit(limit);
        CarryOutOnFeed(order);
        CarryOutOnRosters(order);
    }

    private void CarryOutOnFeed(FaultOrder order)
    {
        foreach (var row in order.FeedRows ?? [])
            faults.AddFeedRow(row);
        if (order.FeedRowCap is { } cap)
            faults.FeedRowCap = cap;
        if (order.FeedLagSeconds is { } lag)
            faults.FeedLag = TimeSpan.FromSeconds(lag);
        if (order.DuplicateShare is { } share)
            faults.DuplicateShare = share;
    }

    private void CarryOutOnRosters(FaultOrder order)
    {
        foreach (var row in order.RosterRows ?? [])
            faults.AddRosterRow(row.Json, row.CourseSerial);
        if (order.RosterLagSeconds is { } lag)
            faults.RosterLag = TimeSpan.FromSeconds(lag);
        if (order.RosterDrift is { } drift)
            faults.Drift(drift);
    }

    private sealed record FaultOrder(
        AnswerFault? Answer,
        double? DelaySeconds,
        bool ExpireTokens,
        bool? RevokeCredentials,
        string? Company,
        IReadOnlyList<string>? FeedRows,
        FeedRowCap? FeedRowCap,
        double? FeedLagSeconds,
        double? DuplicateShare,
        IReadOnlyList<RosterRow>? RosterRows,
        double? RosterLagSeconds,
        RosterDrift? RosterDrift,
        RequestLimit? RequestLimit
    );

    private sealed record FaultState(
        IReadOnlyList<AnswerFault> Answers,
        double DelaySeconds,
        IReadOnlyList<string> RevokedCompanies,
        IReadOnlyList<string> FeedRows,
        FeedRowCap? FeedRowCap,
        double FeedLagSeconds,
        double DuplicateShare,
        IReadOnlyList<RosterRow> RosterRows,
        double RosterLagSeconds,
        IReadOnlyList<RosterDrift> RosterDrifts,
        IReadOnlyList<RequestLimit> RequestLimits
    );
}
