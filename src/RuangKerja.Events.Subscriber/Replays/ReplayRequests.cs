using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Replays;

/// <summary>Sends requests for replays over the bus, to the service's queue of requests.</summary>
/// <param name="queue">The subscriber's.</param>
/// <param name="patience">How long an answer is waited for.</param>
internal sealed class ReplayRequests(IBus bus, string queue, TimeSpan patience) : IReplayRequests, ICourseStatusReplays
{
    /// <summary>Enough for a service that is there to look through its history.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(30);

    // The exchange, since MassTransit would declare a queue of another kind than the service's.
    private static readonly Uri Desk = new("exchange:ruangkerja-replay");

    /// <inheritdoc />
    public async Task SendAsync(RequestReplay request, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var desk = await bus.GetSendEndpoint(Desk);
        await desk.Send(
            request,
            context =>
            {
                context.ResponseAddress = new Uri($"queue:{request.Queue}");
                context.TimeToLive = lifetime;
            },
            cancellationToken
        );
    }

    /// <inheritdoc />
    public async Task<ReplayStarted> RequestReplayAsync(
        Func<RequestReplay, RequestReplay>? configure = null,
        CancellationToken cancellationToken = default
    )
    {
        var request = new RequestReplay
        {
            RequestId = NewId.NextGuid(),
            Queue = queue,
            RequestedBy = queue,
        };
        request = configure?.Invoke(request) ?? request;

        // Answered to the bus's own queue: the subscriber's may be another instance's to read.
        var client = bus.CreateRequestClient<RequestReplay>(Desk, patience);
        try
        {
            var answer = await client.GetResponse<ReplayStarted, ReplayRejected>(request, cancellationToken);
            return answer.Is(out Response<ReplayStarted>? started)
                ? started.Message
                : throw new ReplayRejectedException(request.Queue, request.RequestId, FaultsOf(answer));
        }
        catch (RequestTimeoutException error)
        {
            throw new ReplayUnansweredException(request.Queue, request.RequestId, patience, error);
        }
    }

    private static IReadOnlyList<ReplayRequestFault> FaultsOf(Response<ReplayStarted, ReplayRejected> answer) =>
        answer.Is(out Response<ReplayRejected>? rejected) ? rejected.Message.Faults : [];
}
