namespace RuangKerja.Events.Api;

/// <summary>One page of a course's online roster. The roster may shift between two pages.</summary>
/// <param name="Rows">Every item of the page, the malformed ones included.</param>
/// <param name="Numbers">What the answer says of its paging.</param>
/// <param name="AnsweredAt">When it was given, by the API's own clock (the Date header); null when it did not tell.</param>
public sealed record RosterPage(IReadOnlyList<RosterRow> Rows, PageNumbers Numbers, DateTimeOffset? AnsweredAt);
