namespace RuangKerja.Simulator;

/// <summary>Which ends of the feed's window belong to it: the documentation does not say.</summary>
public enum WindowEnds
{
    /// <summary>Both ends.</summary>
    Inclusive,

    /// <summary>Neither end.</summary>
    Exclusive,

    /// <summary>The start alone.</summary>
    StartOnly,

    /// <summary>The end alone.</summary>
    EndOnly,
}
