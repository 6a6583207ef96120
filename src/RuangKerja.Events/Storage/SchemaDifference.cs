namespace RuangKerja.Events.Storage;

/// <summary>One point in which tables are not what they should be.</summary>
/// <param name="Text">What it is, in words that name the object.</param>
/// <param name="IsMendedByApply">Whether <see cref="DatabaseSchema.ApplyAsync(CancellationToken)"/> makes up for it.</param>
public sealed record SchemaDifference(string Text, bool IsMendedByApply)
{
    /// <summary>Its text.</summary>
    public override string ToString() => Text;
}
