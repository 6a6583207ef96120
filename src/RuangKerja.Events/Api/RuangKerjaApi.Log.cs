using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.Api;

public sealed partial class RuangKerjaApi
{
    /// <summary>What the client logs. Ids are only ever added. Neither secrets nor contents of rows are logged.</summary>
    internal static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Debug, "Feed read: {Rows} rows from {From:O} to {To:O} in {Elapsed}")]
        public static partial void FeedRead(
            ILogger logger,
            int rows,
            DateTimeOffset from,
            DateTimeOffset to,
            TimeSpan elapsed
        );

        [LoggerMessage(1002, LogLevel.Warning, "{Malformed} of {Rows} feed rows are malformed")]
        public static partial void RowsMalformed(ILogger logger, int malformed, int rows);

        [LoggerMessage(1003, LogLevel.Information, "Access token fetched, good for {Life}")]
        public static partial void TokenFetched(ILogger logger, TimeSpan life);

        [LoggerMessage(1004, LogLevel.Warning, "Access token renewed, since the API turned it down: {Found}")]
        public static partial void TokenRejected(ILogger logger, string found);

        [LoggerMessage(1005, LogLevel.Warning, "Access token not renewed; the old one is used until it expires")]
        public static partial void EarlyRenewalFailed(ILogger logger, Exception exception);

        [LoggerMessage(1006, LogLevel.Warning, "Access token came without a sensible expiresIn; {Life} is assumed")]
        public static partial void TokenLifeAssumed(ILogger logger, TimeSpan life);

        [LoggerMessage(1007, LogLevel.Warning, "Trying again in {Pause} ({Retry} of {Retries}), {Operation}: {Found}")]
        public static partial void Retried(
            ILogger logger,
            string operation,
            string found,
            TimeSpan pause,
            int retry,
            int retries
        );

        [LoggerMessage(1008, LogLevel.Warning, "{Host} failed too often and is left alone for {Wait}")]
        public static partial void CircuitOpened(ILogger logger, string host, TimeSpan wait);

        [LoggerMessage(1009, LogLevel.Information, "{Host} answers again")]
        public static partial void CircuitClosed(ILogger logger, string host);

        [LoggerMessage(1010, LogLevel.Debug, "Page read: {Rows} rows in {Elapsed}, {Operation}")]
        public static partial void PageRead(ILogger logger, string operation, int rows, TimeSpan elapsed);

        [LoggerMessage(1011, LogLevel.Warning, "{Malformed} of {Rows} rows are malformed, {Operation}")]
        public static partial void PageRowsMalformed(ILogger logger, string operation, int malformed, int rows);
    }
}
