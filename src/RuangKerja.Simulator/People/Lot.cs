namespace RuangKerja.Simulator.People;

/// <summary>Chance that belongs to one change of a population: however often and in whichever order it is drawn, it is the same.</summary>
internal static class Lot
{
    /// <summary>0 up to but not including 1.</summary>
    public static double Draw(int seed, LotPurpose purpose, long revision)
    {
        unchecked
        {
            // SplitMix64: neighbouring inputs give unrelated outputs.
            var z = ((ulong)(uint)seed << 32) + ((ulong)purpose << 56) + ((ulong)revision * 0x9E3779B97F4A7C15UL);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}

/// <summary>What a lot decides; lots for different purposes have nothing to do with each other.</summary>
internal enum LotPurpose
{
    FeedLag = 1,
    RosterLag = 2,
    Duplicate = 3,
}
