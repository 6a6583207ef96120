using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace CertificateIssuer.Pdf;

/// <summary>
/// Makes the file of a page: PDF 1.4, fonts embedded, its text readable by programs. The same page gives the same bytes.
/// </summary>
/// <remarks>Source: ISO 32000-1, sections 7.5 (file), 9.7 (composite fonts), 9.10 (text extraction).</remarks>
public sealed class PdfFile
{
    private readonly MemoryStream _file;
    private readonly List<long> _objects = [];

    private PdfFile(MemoryStream file) => _file = file;

    /// <summary>Makes the file.</summary>
    /// <param name="title">What viewers show as the document's name.</param>
    public static byte[] Make(PdfPage page, string title)
    {
        using var file = new MemoryStream();
        return new PdfFile(file).Write(page, title);
    }

    private byte[] Write(PdfPage page, string title)
    {
        Text("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        var fonts = page.Fonts.Select((used, index) => $"/F{index} {AddFont(used.Key, used.Value)} 0 R").ToList();
        var content = AddStream(Encoding.ASCII.GetBytes(page.Content));
        // The page names its parent, which is the object behind it.
        var pages = _objects.Count + 2;
        var leaf = Add(
            $"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {N(page.Width)} {N(page.Height)}] /Contents {content} 0 R "
                + $"/Resources << /Font << {string.Join(' ', fonts)} >> >> >>"
        );
        Add($"<< /Type /Pages /Kids [{leaf} 0 R] /Count 1 >>");
        var info = Add($"<< /Title {String(title)} /Producer {String("RuangKerja.Events CertificateIssuer")} >>");
        var root = Add(
            $"<< /Type /Catalog /Pages {pages} 0 R /Lang (id-ID) /ViewerPreferences << /DisplayDocTitle true >> >>"
        );
        return Close(root, info);
    }

    /// <summary>A composite font, whose codes are the numbers of its glyphs.</summary>
    private int AddFont(TrueTypeFont font, SortedDictionary<ushort, Rune> used)
    {
        var subset = FontSubset.Make(font, used.Keys);
        // Six letters, made of the subset, tell subsets of one font apart (section 9.6.4).
        var tag = string.Concat(SHA256.HashData(subset).Take(6).Select(b => (char)('A' + (b % 26))));
        var name = $"/{tag}+{font.Name}";
        var file = AddStream(subset, $"/Length1 {subset.Length} ");
        const int Symbolic = 4;
        var descriptor = Add(
            $"<< /Type /FontDescriptor /FontName {name} /Flags {Symbolic} /ItalicAngle 0 /StemV 80 "
                + $"/FontBBox [{string.Join(' ', font.Box.Select(n => Thousandths(font, n)))}] "
                + $"/Ascent {Thousandths(font, font.Ascent)} /Descent {Thousandths(font, font.Descent)} "
                + $"/CapHeight {Thousandths(font, font.Ascent)} /FontFile2 {file} 0 R >>"
        );
        var widths = used.Keys.Select(glyph => $"{glyph} [{Thousandths(font, font.WidthOf(glyph))}]");
        var descendant = Add(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {name} /CIDToGIDMap /Identity /FontDescriptor {descriptor} 0 R "
                + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
                + $"/DW 0 /W [{string.Join(' ', widths)}] >>"
        );
        var characters = AddStream(Encoding.ASCII.GetBytes(CharactersOf(used)));
        return Add(
            $"<< /Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] "
                + $"/ToUnicode {characters} 0 R >>"
        );
    }

    /// <summary>The map from glyphs back to characters, for those who search and copy.</summary>
    private static string CharactersOf(SortedDictionary<ushort, Rune> used)
    {
        const int MostInABlock = 100;
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Glyphs def /CMapType 2 def\n"
                + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        );
        foreach (var block in used.Chunk(MostInABlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, character) in block)
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Utf16(character.ToString())}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end\n").ToString();
    }

    private int AddStream(byte[] bytes, string entries = "")
    {
        var packed = new MemoryStream();
        using (var pack = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            pack.Write(bytes);

        var number = Begin();
        Text($"<< /Length {packed.Length} {entries}/Filter /FlateDecode >>\nstream\n");
        packed.WriteTo(_file);
        Text("\nendstream\nendobj\n");
        return number;
    }

    private int Add(string dictionary)
    {
        var number = Begin();
        Text($"{dictionary}\nendobj\n");
        return number;
    }

    private int Begin()
    {
        _objects.Add(_file.Position);
        Text($"{_objects.Count} 0 obj\n");
        return _objects.Count;
    }

    private byte[] Close(int root, int info)
    {
        var id = Convert.ToHexString(SHA256.HashData(_file.ToArray()).AsSpan(0, 16));
        var table = _file.Position;
        Text($"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var at in _objects)
            Text($"{at:0000000000} 00000 n \n");
        Text(
            $"trailer\n<< /Size {_objects.Count + 1} /Root {root} 0 R /Info {info} 0 R /ID [<{id}> <{id}>] >>\n"
                + $"startxref\n{table}\n%%EOF\n"
        );
        return _file.ToArray();
    }

    private void Text(string text) => _file.Write(Encoding.Latin1.GetBytes(text));

    private static string String(string text) => $"<FEFF{Utf16(text)}>";

    private static string Utf16(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    private static string N(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Thousandths(TrueTypeFont font, int units) => N(Math.Round(units * 1_000.0 / font.UnitsPerEm));
}
