using Microsoft.Extensions.Logging;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling.Rosters;

/// <summary>Tells health, metrics and the log how the sweeps go.</summary>
public sealed partial class SweepReports(HealthBoard health, PipelineMetrics metrics, ILogger<SweepReports> logger)
{
    /// <summary>How the latest sweep stands, for health.</summary>
    public void Stands(Company company, Sweep? sweep, DateTimeOffset now)
    {
        if (SweepHealth.WhatIsWrong(sweep, now) is { } wrong)
            health.Failed(company, PipelinePart.Sweep, wrong.Reason, wrong.Hint);
        else if (sweep is not null)
            health.Succeeded(company, PipelinePart.Sweep);
        else
            health.Failed(
                company,
                PipelinePart.Sweep,
                "The first sweep waits until the feed has caught up, for an hour at most.",
                "It begins by itself."
            );
    }

    /// <summary>The next look comes later than usual: too much waits for the broker.</summary>
    public void Slowed(Company company, TimeSpan interval) => health.Pauses(company, PipelinePart.Sweep, interval);

    /// <summary>A page of the catalogue is read: a large one takes long, at few requests per second.</summary>
    public void GetsOn(Company company) => health.GetsOn(company, PipelinePart.Sweep);

    /// <summary>A sweep has begun.</summary>
    public void Begun(Company company, int courses) => Log.Begun(logger, company, courses);

    /// <summary>The company's past is read, from the feed and from the rosters.</summary>
    public void Bootstrapped(Company company) => Log.Bootstrapped(logger, company);

    /// <summary>Courses could not be handed out, or the catalogue not be read.</summary>
    public void DispatchFailed(Company company, Exception error, TimeSpan wait)
    {
        health.Failed(company, PipelinePart.Sweep, error);
        if (error is StorageException or RuangKerjaApiException or SweepQueueException)
            Log.Waiting(logger, company, error.Message, wait);
        else
            Log.Fault(logger, error, company, wait);
    }

    /// <summary>A course was read, or not.</summary>
    public void Completed(Company company, RosterSweepResult result)
    {
        if (result.Course is not { } course)
            return;

        metrics.RosterRead(company, result.Rows, result.Stored.Events, result.Stored.Stale, result.Rejected);
        if (result.Rejected > 0)
            Log.Rejected(logger, company, result.Rejected, result.Rows, course.Serial);
        switch (result)
        {
            case { End: { State: CourseSweepState.Swept, Drifted: var drifted } end }:
                metrics.RosterSwept(company, drifted);
                Log.Swept(logger, company, course.Serial, result.Rows, result.Stored.Events, end.Scans);
                if (drifted)
                    Log.Drifted(logger, company, course.Serial, end.Scans, result.LeftOut);
                break;
            case { End.State: CourseSweepState.Refused, Failure: { } failure }:
                Log.Refused(logger, company, course.Serial, failure.Found);
                break;
            case { End: not null, Failure: { } failure }:
                metrics.RosterFailed(company);
                Log.GivenUp(logger, company, course.Serial, failure.Message);
                break;
            case { Failure: { } failure }:
                Log.Postponed(logger, company, course.Serial, failure.Message);
                break;
        }
    }

    /// <summary>The database did not do its part, or this program did not; the course comes due again.</summary>
    public void Failed(Company company, string courseSerial, Exception error)
    {
        if (error is not StorageException failure)
        {
            Log.CourseFault(logger, error, company, courseSerial);
            return;
        }

        // What it refuses of one course says nothing of the database.
        if (failure.Kind != StorageFailureKind.Refused)
            health.Failed(company, PipelinePart.Database, failure);
        Log.Postponed(logger, company, courseSerial, failure.Message);
    }

    /// <summary>A command for a company that is not configured here.</summary>
    public void UnknownCompany(string company) => Log.UnknownCompany(logger, company);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 242,
            Level = LogLevel.Information,
            Message = "{Company}: the past is read, from the feed and from the rosters; first sights are news from now on, but for what is dated before the first start"
        )]
        public static partial void Bootstrapped(ILogger logger, Company company);

        [LoggerMessage(
            EventId = 231,
            Level = LogLevel.Information,
            Message = "{Company}: sweeping the rosters of {Courses} courses"
        )]
        public static partial void Begun(ILogger logger, Company company, int courses);

        [LoggerMessage(
            EventId = 232,
            Level = LogLevel.Warning,
            Message = "{Company}: sweeping waits {Delay}. {Reason}"
        )]
        public static partial void Waiting(ILogger logger, Company company, string reason, TimeSpan delay);

        [LoggerMessage(
            EventId = 233,
            Level = LogLevel.Error,
            Message = "{Company}: sweeping met a fault of this program and waits {Delay}. Please report it."
        )]
        public static partial void Fault(ILogger logger, Exception error, Company company, TimeSpan delay);

        [LoggerMessage(
            EventId = 234,
            Level = LogLevel.Debug,
            Message = "{Company}: the roster of {Course} is read: {Rows} rows in {Scans} scans, {Events} changes"
        )]
        public static partial void Swept(
            ILogger logger,
            Company company,
            string course,
            int rows,
            int events,
            int scans
        );

        [LoggerMessage(
            EventId = 235,
            Level = LogLevel.Information,
            Message = "{Company}: the roster of {Course} moved in all of {Scans} scans; an entry may be missed until the next sweep, and {LeftOut} rows that contradict an earlier page were left out"
        )]
        public static partial void Drifted(ILogger logger, Company company, string course, int scans, int leftOut);

        [LoggerMessage(
            EventId = 236,
            Level = LogLevel.Debug,
            Message = "{Company}: {Course} has no online roster ({Found})"
        )]
        public static partial void Refused(ILogger logger, Company company, string course, string found);

        [LoggerMessage(
            EventId = 237,
            Level = LogLevel.Warning,
            Message = "{Company}: the roster of {Course} is given up until the next sweep. {Reason}"
        )]
        public static partial void GivenUp(ILogger logger, Company company, string course, string reason);

        [LoggerMessage(
            EventId = 238,
            Level = LogLevel.Information,
            Message = "{Company}: the roster of {Course} is tried again. {Reason}"
        )]
        public static partial void Postponed(ILogger logger, Company company, string course, string reason);

        [LoggerMessage(
            EventId = 239,
            Level = LogLevel.Warning,
            Message = "A sweep command names company '{Company}', which is not configured here: another deployment may use this virtual host"
        )]
        public static partial void UnknownCompany(ILogger logger, string company);

        [LoggerMessage(
            EventId = 240,
            Level = LogLevel.Warning,
            Message = "{Company}: {Rejected} of {Rows} rows of the roster of {Course} are in quarantine; see 'ruangkerja-events quarantine list'"
        )]
        public static partial void Rejected(ILogger logger, Company company, int rejected, int rows, string course);

        [LoggerMessage(
            EventId = 241,
            Level = LogLevel.Error,
            Message = "{Company}: reading the roster of {Course} met a fault of this program; it is tried again. Please report it."
        )]
        public static partial void CourseFault(ILogger logger, Exception error, Company company, string course);
    }
}
