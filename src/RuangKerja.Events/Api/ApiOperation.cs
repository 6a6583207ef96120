namespace RuangKerja.Events.Api;

/// <summary>What is being asked of the API, in words for messages.</summary>
/// <param name="Doing">Begins every message, such as "reading the feed from … to …".</param>
/// <param name="AsksForToken">Whether the answer may hold a token nobody knows yet, so that it must not be quoted.</param>
internal sealed record ApiOperation(string Doing, bool AsksForToken = false)
{
    /// <summary>Whether a window is asked for, so that a narrower one may help where its answer is too much.</summary>
    public bool HasWindow { get; init; }
}
