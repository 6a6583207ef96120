using System.Buffers.Binary;
using System.Text;

namespace CertificateIssuer.Pdf;

/// <summary>
/// The font file that is embedded: all glyphs keep their numbers, those that are not used lose their outlines. So a certificate
/// is some 20 kB and not half a megabyte.
/// </summary>
public static class FontSubset
{
    /// <summary>What a PDF viewer needs of a font (ISO 32000-1, section 9.9).</summary>
    private static readonly string[] Kept = ["cvt ", "fpgm", "head", "hhea", "hmtx", "maxp", "prep"];

    /// <summary>Makes the file.</summary>
    public static byte[] Make(TrueTypeFont font, IEnumerable<ushort> used)
    {
        var outlines = new MemoryStream();
        var offsets = new byte[4 * (font.GlyphCount + 1)];
        var kept = WithParts(font, used);
        for (var glyph = 0; glyph < font.GlyphCount; glyph++)
        {
            if (kept.Contains((ushort)glyph))
                outlines.Write(font.Outline(glyph));
            outlines.SetLength((outlines.Length + 3) & ~3);
            outlines.Position = outlines.Length;
            BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * (glyph + 1)), (uint)outlines.Length);
        }

        var tables = Kept.ToDictionary(name => name, name => font.Table(name).ToArray(), StringComparer.Ordinal);
        tables["glyf"] = outlines.ToArray();
        tables["loca"] = offsets;
        // indexToLocFormat: offsets of four bytes each.
        BinaryPrimitives.WriteInt16BigEndian(tables["head"].AsSpan(50), 1);
        return Assemble([.. tables.Where(t => t.Value.Length > 0).OrderBy(t => t.Key, StringComparer.Ordinal)]);
    }

    /// <summary>The glyphs, the one for what is missing, and those that any of them is composed of.</summary>
    private static HashSet<ushort> WithParts(TrueTypeFont font, IEnumerable<ushort> used)
    {
        const int HasWords = 0x0001;
        const int HasScale = 0x0008;
        const int HasMore = 0x0020;
        const int HasTwoScales = 0x0040;
        const int HasMatrix = 0x0080;

        var all = new HashSet<ushort>();
        var open = new Stack<ushort>(used.Append((ushort)0));
        while (open.TryPop(out var glyph))
        {
            var outline = font.Outline(glyph);
            if (!all.Add(glyph) || outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
                continue;

            for (var (at, flags) = (10, HasMore); (flags & HasMore) != 0; )
            {
                flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
                open.Push(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
                at += (flags & HasWords) != 0 ? 8 : 6;
                at +=
                    (flags & HasScale) != 0 ? 2
                    : (flags & HasTwoScales) != 0 ? 4
                    : (flags & HasMatrix) != 0 ? 8
                    : 0;
            }
        }

        return all;
    }

    private static byte[] Assemble(KeyValuePair<string, byte[]>[] tables)
    {
        var log = (int)Math.Log2(tables.Length);
        var file = new MemoryStream();
        Write16(file, 1, 0, tables.Length, 16 << log, log, (16 * tables.Length) - (16 << log));

        var at = 12 + (16 * tables.Length);
        foreach (var (name, bytes) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(name));
            Write32(file, Checksum(bytes), (uint)at, (uint)bytes.Length);
            at += (bytes.Length + 3) & ~3;
        }

        foreach (var (_, bytes) in tables)
        {
            file.Write(bytes);
            file.Write(new byte[-bytes.Length & 3]);
        }

        return file.ToArray();
    }

    private static uint Checksum(byte[] table)
    {
        var sum = 0u;
        for (var i = 0; i < table.Length; i++)
            sum += (uint)table[i] << (24 - (8 * (i % 4)));
        return sum;
    }

    private static void Write16(Stream file, params ReadOnlySpan<int> numbers)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)number);
            file.Write(bytes);
        }
    }

    private static void Write32(Stream file, params ReadOnlySpan<uint> numbers)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
            file.Write(bytes);
        }
    }
}
