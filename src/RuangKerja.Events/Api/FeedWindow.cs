namespace RuangKerja.Events.Api;

/// <summary>
/// The time span a feed request asks for, both ends inclusive.
/// The API takes whole seconds: the request is widened to them, so it never asks for less than the window.
/// </summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The last instant, not before <paramref name="From"/>.</param>
public readonly record struct FeedWindow(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The last instant, not before <see cref="From"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window ends before it begins.</exception>
    public DateTimeOffset To { get; init; } =
        To >= From
            ? To
            : throw new ArgumentOutOfRangeException(nameof(To), To, $"The window ends before it begins ({From:O}).");
}
