namespace CertificateIssuer.Design;

/// <summary>A colour by its parts, 0 to 255.</summary>
public readonly record struct Color(byte Red, byte Green, byte Blue);

/// <summary>How letters are drawn.</summary>
/// <param name="Size">The height of the type, in points.</param>
/// <param name="Spacing">What is added behind each letter, in points.</param>
public sealed record Lettering(Typeface Font, double Size, Color Color, double Spacing = 0)
{
    /// <summary>How wide a line of text is, in points.</summary>
    public double Measure(string text) => Font.Measure(text, Size) + (Spacing * Math.Max(0, text.Length - 1));
}
