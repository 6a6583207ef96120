using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;

namespace RuangKerja.Events.Tests.Samples;

/// <summary>What a viewer finds in a PDF file of one page.</summary>
internal sealed class PdfReader
{
    public PdfReader(byte[] file)
    {
        using var document = PdfDocument.Open(file);
        document.NumberOfPages.ShouldBe(1);
        Pieces = [.. PiecesOf(document.GetPage(1).Letters)];
        FontFiles = [.. FontFilesOf(document.Structure)];
    }

    /// <summary>Each piece of text in the order it was drawn, with where it begins and ends, in points from the left.</summary>
    public IReadOnlyList<(string Text, double Left, double Right)> Pieces { get; }

    /// <summary>The embedded font files, unpacked.</summary>
    public IReadOnlyList<byte[]> FontFiles { get; }

    /// <summary>Each piece of text, as copying would give it.</summary>
    public IReadOnlyList<string> Texts() => [.. Pieces.Select(piece => piece.Text)];

    /// <summary>Letters are of one piece as long as each begins about where the one before it ended.</summary>
    private static IEnumerable<(string Text, double Left, double Right)> PiecesOf(IReadOnlyList<Letter> letters)
    {
        const double WidestSpacing = 6;
        var start = 0;
        for (var i = 1; i <= letters.Count; i++)
        {
            if (i < letters.Count && Distance(letters[i - 1], letters[i]) < WidestSpacing)
                continue;
            var piece = letters.Skip(start).Take(i - start).ToList();
            yield return (
                string.Concat(piece.Select(l => l.Value)),
                piece.Min(l => l.StartBaseLine.X),
                piece.Max(l => l.EndBaseLine.X)
            );
            start = i;
        }
    }

    private static double Distance(Letter before, Letter after) =>
        Math.Sqrt(
            Math.Pow(after.StartBaseLine.X - before.EndBaseLine.X, 2)
                + Math.Pow(after.StartBaseLine.Y - before.EndBaseLine.Y, 2)
        );

    private static IEnumerable<byte[]> FontFilesOf(Structure structure)
    {
        foreach (var reference in structure.CrossReferenceTable.ObjectOffsets.Keys)
        {
            if (
                structure.GetObject(reference).Data is DictionaryToken descriptor
                && descriptor.TryGet(NameToken.FontFile2, structure.TokenScanner, out StreamToken? file)
            )
            {
                yield return file.Decode(structure.FilterProvider, structure.TokenScanner).ToArray();
            }
        }
    }
}
