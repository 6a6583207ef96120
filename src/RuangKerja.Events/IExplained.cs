namespace RuangKerja.Events;

/// <summary>An error that tells apart what is wrong and what to do about it.</summary>
public interface IExplained
{
    /// <summary>What was being done and what was found, in whole sentences.</summary>
    string Reason { get; }

    /// <summary>What to do about it, in whole sentences.</summary>
    string Hint { get; }
}
