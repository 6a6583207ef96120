namespace RuangKerja.Events.Tests.Model;

/// <summary>One thing that may happen next.</summary>
/// <param name="Who">Of which instance or assignment, when there are several; -1: it is told by the text.</param>
/// <param name="IsFault">Whether nothing may wait for it: a crash, or a lease that runs out.</param>
internal readonly record struct Step(World To, string Text, int Who = -1, int Version = 0, bool IsFault = false)
{
    public override string ToString() =>
        (Who, Version) switch
        {
            (-1, _) => Text,
            (_, 0) => $"{Text} ({Who})",
            _ => $"{Text} ({Who}, version {Version})",
        };
}
