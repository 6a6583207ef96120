namespace RuangKerja.Events.Api;

/// <summary>One answer of the feed.</summary>
/// <param name="Rows">Every item of the answer, the malformed ones included.</param>
/// <param name="AnsweredAt">When it was given, by the API's own clock (the Date header); null when it did not tell.</param>
public sealed record FeedAnswer(IReadOnlyList<FeedRow> Rows, DateTimeOffset? AnsweredAt);
