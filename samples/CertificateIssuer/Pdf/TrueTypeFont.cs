using System.Buffers.Binary;
using System.Text;

namespace CertificateIssuer.Pdf;

/// <summary>
/// A font in TrueType outlines: which glyph a character has, how wide it is, and the tables to embed it with. Numbers of a font
/// are in its own units, of which <see cref="UnitsPerEm"/> are as long as the type is high.
/// </summary>
/// <remarks>Source of the formats: the OpenType specification, tables <c>head</c>, <c>hhea</c>, <c>hmtx</c>, <c>cmap</c>.</remarks>
public sealed class TrueTypeFont
{
    private readonly byte[] _file;
    private readonly Dictionary<string, Range> _tables = [];
    private readonly Dictionary<int, ushort> _glyphs = [];
    private readonly int _widths;

    /// <summary>Reads a font file.</summary>
    /// <param name="name">The PostScript name it is embedded under.</param>
    public TrueTypeFont(string name, byte[] file)
    {
        Name = name;
        _file = file;
        for (var i = 0; i < UInt16(4); i++)
        {
            var entry = 12 + (16 * i);
            var start = (int)UInt32(entry + 8);
            _tables[Encoding.ASCII.GetString(file, entry, 4)] = start..(start + (int)UInt32(entry + 12));
        }

        UnitsPerEm = UInt16(Start("head") + 18);
        Box = [.. Enumerable.Range(0, 4).Select(i => Int16(Start("head") + 36 + (2 * i)))];
        Ascent = Int16(Start("hhea") + 4);
        Descent = Int16(Start("hhea") + 6);
        _widths = UInt16(Start("hhea") + 34);
        GlyphCount = UInt16(Start("maxp") + 4);
        // One that was embedded in a file has none.
        if (_tables.ContainsKey("cmap"))
            ReadCharacters();
    }

    /// <summary>The PostScript name it is embedded under.</summary>
    public string Name { get; }

    /// <summary>How many units the type is high.</summary>
    public int UnitsPerEm { get; }

    /// <summary>The box around all glyphs: left, bottom, right, top.</summary>
    public IReadOnlyList<short> Box { get; }

    /// <summary>How far above the base line letters reach.</summary>
    public int Ascent { get; }

    /// <summary>How far below it, negative.</summary>
    public int Descent { get; }

    /// <summary>How many glyphs the font has, of which the first stands for what is missing.</summary>
    public int GlyphCount { get; }

    /// <summary>The character's glyph; 0 when the font has none.</summary>
    public ushort GlyphOf(Rune character) => _glyphs.GetValueOrDefault(character.Value);

    /// <summary>How wide a glyph is.</summary>
    public int WidthOf(ushort glyph) => UInt16(Start("hmtx") + (4 * Math.Min(glyph, _widths - 1)));

    /// <summary>How wide a line of text is at a size, in the units of the size.</summary>
    public double Measure(string text, double size) =>
        text.EnumerateRunes().Sum(character => WidthOf(GlyphOf(character))) * size / UnitsPerEm;

    /// <summary>The bytes of a table; none when the font does not have it.</summary>
    public ReadOnlySpan<byte> Table(string name) => _tables.TryGetValue(name, out var range) ? _file.AsSpan(range) : [];

    /// <summary>The outline of a glyph, as in the table <c>glyf</c>; empty for a blank one.</summary>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        var loca = Table("loca");
        var isLong = Int16(Start("head") + 50) == 1;
        return Table("glyf")[OffsetOf(glyph, loca)..OffsetOf(glyph + 1, loca)];

        int OffsetOf(int index, ReadOnlySpan<byte> offsets) =>
            isLong
                ? (int)BinaryPrimitives.ReadUInt32BigEndian(offsets[(4 * index)..])
                : 2 * BinaryPrimitives.ReadUInt16BigEndian(offsets[(2 * index)..]);
    }

    /// <summary>The map of Unicode's basic plane (format 4 of <c>cmap</c>).</summary>
    private void ReadCharacters()
    {
        var cmap = Start("cmap");
        var map = Enumerable
            .Range(0, UInt16(cmap + 2))
            .Select(i => cmap + (int)UInt32(cmap + 8 + (8 * i)))
            .First(at => UInt16(at) == 4);
        var segments = UInt16(map + 6) / 2;
        for (var i = 0; i < segments; i++)
        {
            var (end, start) = (UInt16(map + 14 + (2 * i)), UInt16(map + 16 + (2 * (segments + i))));
            var delta = UInt16(map + 16 + (2 * ((2 * segments) + i)));
            var offsetAt = map + 16 + (2 * ((3 * segments) + i));
            var offset = UInt16(offsetAt);
            for (var character = (int)start; character <= end && character != 0xFFFF; character++)
            {
                var glyph = offset == 0 ? character : UInt16(offsetAt + offset + (2 * (character - start)));
                if (glyph != 0 && (ushort)(glyph + delta) is var mapped and not 0)
                    _glyphs[character] = mapped;
            }
        }
    }

    private int Start(string table) => _tables[table].Start.Value;

    private ushort UInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private short Int16(int at) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(at));

    private uint UInt32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));
}
