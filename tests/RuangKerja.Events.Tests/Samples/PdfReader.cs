using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace RuangKerja.Events.Tests.Samples;

/// <summary>
/// Reads a PDF file as a viewer does: from its end, through the table of objects, to the page's text by the fonts' maps. It
/// knows only what our files use.
/// </summary>
internal sealed partial class PdfReader
{
    private readonly byte[] _file;
    private readonly string _text;
    private readonly Dictionary<int, int> _objects = [];

    public PdfReader(byte[] file)
    {
        _file = file;
        _text = Encoding.Latin1.GetString(file);
        _text.ShouldStartWith("%PDF-1.");
        _text.ShouldEndWith("%%EOF\n");
        var table = int.Parse(StartOfTable().Match(_text).Groups["at"].Value, CultureInfo.InvariantCulture);
        var lines = _text[table..].Split('\n');
        lines[0].ShouldBe("xref");
        var count = int.Parse(lines[1].Split(' ')[1], CultureInfo.InvariantCulture);
        for (var number = 1; number < count; number++)
        {
            _objects[number] = int.Parse(lines[2 + number].Split(' ')[0], CultureInfo.InvariantCulture);
            _text[_objects[number]..].ShouldStartWith($"{number} 0 obj\n");
        }

        var page = Object(Reference(Object(Reference(Object(Reference(_text[table..], "Root")), "Pages")), @"Kids \["));
        Page = page;
        Content = Encoding.Latin1.GetString(Stream(Reference(page, "Contents")));
    }

    /// <summary>The page's dictionary.</summary>
    public string Page { get; }

    /// <summary>The drawing operators.</summary>
    public string Content { get; }

    /// <summary>Each piece of text in the order it was drawn, as copying would give it.</summary>
    public IReadOnlyList<string> Texts()
    {
        var fonts = Fonts()
            .Matches(Page)
            .ToDictionary(m => m.Groups["name"].Value, m => Characters(m.Groups["number"].Value));
        return
        [
            .. Shown()
                .Matches(Content)
                .Select(shown =>
                {
                    var map = fonts[shown.Groups["font"].Value];
                    return string.Concat(shown.Groups["codes"].Value.Chunk(4).Select(code => map[new string(code)]));
                }),
        ];
    }

    /// <summary>The embedded font files, unpacked.</summary>
    public IReadOnlyList<byte[]> FontFiles() =>
        [
            .. _objects
                .Keys.Where(n => Object(n).StartsWith("<< /Type /FontDescriptor", StringComparison.Ordinal))
                .Select(n => Stream(Reference(Object(n), "FontFile2"))),
        ];

    private Dictionary<string, string> Characters(string font)
    {
        var map = Encoding.Latin1.GetString(
            Stream(Reference(Object(int.Parse(font, CultureInfo.InvariantCulture)), "ToUnicode"))
        );
        return Mapped()
            .Matches(map[map.IndexOf("beginbfchar", StringComparison.Ordinal)..])
            .ToDictionary(
                m => m.Groups["code"].Value,
                m => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(m.Groups["text"].Value))
            );
    }

    private string Object(int number)
    {
        var start = _text.IndexOf('\n', _objects[number]) + 1;
        return _text[start.._text.IndexOf("endobj", start, StringComparison.Ordinal)];
    }

    private byte[] Stream(int number)
    {
        var length = int.Parse(Length().Match(Object(number)).Groups["length"].Value, CultureInfo.InvariantCulture);
        var start = _text.IndexOf("stream\n", _objects[number], StringComparison.Ordinal) + "stream\n".Length;
        using var unpack = new ZLibStream(new MemoryStream(_file, start, length), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        unpack.CopyTo(whole);
        return whole.ToArray();
    }

    private static int Reference(string dictionary, string key) =>
        int.Parse(
            Regex
                .Match(dictionary, $@"/{key} ?(?<number>\d+) 0 R", RegexOptions.None, TimeSpan.FromSeconds(10))
                .Groups["number"]
                .Value,
            CultureInfo.InvariantCulture
        );

    [GeneratedRegex(@"startxref\n(?<at>\d+)\n", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StartOfTable();

    [GeneratedRegex(@"/(?<name>F\d+) (?<number>\d+) 0 R", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Fonts();

    [GeneratedRegex(
        @"BT [^\n]*?/(?<font>F\d+) [^\n]*?<(?<codes>[0-9A-F]*)> Tj",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Shown();

    [GeneratedRegex(
        @"<(?<code>[0-9A-F]{4})> <(?<text>[0-9A-F]+)>",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Mapped();

    [GeneratedRegex(@"/Length (?<length>\d+)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Length();
}
