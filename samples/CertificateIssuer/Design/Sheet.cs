using System.Security.Cryptography;
using System.Text;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Graphics.Operations.General;
using UglyToad.PdfPig.Graphics.Operations.PathConstruction;
using UglyToad.PdfPig.Graphics.Operations.PathPainting;
using UglyToad.PdfPig.Graphics.Operations.SpecialGraphicsState;
using UglyToad.PdfPig.Graphics.Operations.TextState;
using UglyToad.PdfPig.Writer;

namespace CertificateIssuer.Design;

/// <summary>
/// The one page of a PDF file: lines, boxes and text, in points of 1/72 inch, from the lower left corner. What is drawn later
/// lies above. The same drawing gives the same bytes.
/// </summary>
public sealed class Sheet : IDisposable
{
    /// <summary>PdfPig numbers the characters of a font in one byte.</summary>
    private const int MostCharacters = 255;

    /// <summary>What the design itself may use of any font, kept free of the texts that come from outside.</summary>
    private static readonly IEnumerable<int> OwnCharacters = Enumerable
        .Range(' ', '~' - ' ' + 1)
        .Append(PrintableText.Missing)
        .Append('…');

    private readonly PdfDocumentBuilder _file;
    private readonly PdfPageBuilder _page;
    private readonly Dictionary<Typeface, PdfDocumentBuilder.AddedFont> _fonts = [];
    private readonly Dictionary<Typeface, HashSet<int>> _characters = [];
    private readonly double _width;

    /// <summary>An empty page.</summary>
    /// <param name="title">What viewers show as the document's name.</param>
    public Sheet(double width, double height, string title)
    {
        _width = width;
        _file = new PdfDocumentBuilder { DocumentInformation = { Title = title } };
        _page = _file.AddPage(width, height);
    }

    /// <summary>The text as the font can set it on this page: see <see cref="PrintableText"/>.</summary>
    public string Printable(string text, Typeface font)
    {
        if (!_characters.TryGetValue(font, out var characters))
            _characters[font] = characters = [.. OwnCharacters];
        return PrintableText.Of(text, CanSet);

        bool CanSet(Rune character) =>
            characters.Contains(character.Value)
            || (font.Has(character) && characters.Count < MostCharacters && characters.Add(character.Value));
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(Color color, double x, double y, double width, double height)
    {
        _page.SetTextAndFillColor(color.Red, color.Green, color.Blue);
        // PdfPig's own way to fill a rectangle draws its edge as well.
        Add(new AppendRectangle(x, y, width, height), FillPathNonZeroWinding.Value);
    }

    /// <summary>Draws the edge of a rectangle.</summary>
    public void Frame(Color color, double thickness, double x, double y, double width, double height) =>
        _page
            .SetStrokeColor(color.Red, color.Green, color.Blue)
            .DrawRectangle(new PdfPoint(x, y), width, height, thickness);

    /// <summary>Draws a line.</summary>
    public void Line(Color color, double thickness, double fromX, double fromY, double toX, double toY) =>
        _page
            .SetStrokeColor(color.Red, color.Green, color.Blue)
            .DrawLine(new PdfPoint(fromX, fromY), new PdfPoint(toX, toY), thickness);

    /// <summary>Writes a line of text around the middle of the page.</summary>
    public void Centred(Lettering lettering, double y, string text) =>
        Write(lettering, (_width - lettering.Measure(text)) / 2, y, text);

    /// <summary>Writes a line of text from a point on its base line.</summary>
    public void Write(Lettering lettering, double x, double y, string text)
    {
        if (!_fonts.TryGetValue(lettering.Font, out var font))
            _fonts[lettering.Font] = font = _file.AddTrueTypeFont(lettering.Font.File);
        _page.SetTextAndFillColor(lettering.Color.Red, lettering.Color.Green, lettering.Color.Blue);
        Add(new SetCharacterSpacing(lettering.Spacing));
        _page.AddText(text, lettering.Size, new PdfPoint(x, y), font);
    }

    /// <summary>Draws the outlines of a line of text around a point, turned against the clock.</summary>
    public void Stamp(Lettering lettering, double x, double y, double degrees, string text)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        Add(Push.Value, new ModifyCurrentTransformationMatrix([cos, sin, -sin, cos, x, y]), new SetLineWidth(2));
        _page
            .SetStrokeColor(lettering.Color.Red, lettering.Color.Green, lettering.Color.Blue)
            .SetTextRenderingMode(TextRenderingMode.Stroke);
        Write(lettering, -lettering.Measure(text) / 2, 0, text);
        Add(Pop.Value);
    }

    /// <summary>Makes the file; nothing can be drawn after it.</summary>
    public byte[] Close()
    {
        var file = _file.Build();
        // PdfPig's identifier of the file is random (ISO 32000-1, section 14.4). This one follows from what is before it.
        var at = file.AsSpan().LastIndexOf("/ID ["u8);
        var id = Convert.ToHexString(SHA256.HashData(file.AsSpan(0, at)).AsSpan(0, 16));
        Encoding.ASCII.GetBytes($"/ID [ <{id}><{id}>]", file.AsSpan(at));
        return file;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Add(params ReadOnlySpan<IGraphicsStateOperation> operations) =>
        _page.CurrentStream.Operations.AddRange(operations);
}
