using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events;

/// <summary>One company and how its part of the API is reached.</summary>
public sealed record CompanyOptions(Company Company, ApiOptions Api);

/// <summary>Everything the pipeline is told, read and validated before it starts.</summary>
public sealed record PipelineOptions
{
    /// <summary>At least one, each name once.</summary>
    public required IReadOnlyList<CompanyOptions> Companies { get; init; }

    /// <summary>How the API is polled.</summary>
    public PollingOptions Polling { get; init; } = new();

    /// <summary>How changes are detected.</summary>
    public DetectionOptions Detection { get; init; } = new();

    /// <summary>
    /// More events to publish than this in one cycle are held for an operator, 1 … 10,000,000; null: the larger of 10,000 and
    /// a fifth of the known assignments. Setting <c>Relay:SurgeLimit</c>.
    /// </summary>
    public int? SurgeLimit { get; init; }

    /// <summary>
    /// With more rows of one company pending in the outbox than this, its polling slows down, 100 … 1,000,000. Default
    /// 100,000. Setting <c>Relay:OutboxBudget</c>.
    /// </summary>
    public int OutboxBudget { get; init; } = 100_000;

    /// <summary>Where events are stored.</summary>
    public required StorageOptions Storage { get; init; }

    /// <summary>How events reach the broker.</summary>
    public required RelayOptions Relay { get; init; }

    /// <summary>What replays may do.</summary>
    public ReplayOptions Replay { get; init; } = new();
}
