namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>Stands behind everything that is in a queue when it is sent there.</summary>
/// <param name="Id">Tells it from the marks before.</param>
public sealed record QueueMark(Guid Id);
