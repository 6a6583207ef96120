namespace CertificateIssuer.Design;

/// <summary>How a certificate looks: A4 across, in Indonesian and English. The same certificate gives the same bytes.</summary>
/// <param name="companies">What the companies are called and where they are.</param>
public sealed class CertificateDesign(CompanyDirectory companies)
{
    private const double Width = 841.89;
    private const double Height = 595.28;
    private const double TextWidth = 660;

    private static readonly Color Paper = new(253, 251, 246);
    private static readonly Color Ink = new(24, 42, 79);
    private static readonly Color Gold = new(173, 136, 56);
    private static readonly Color Quiet = new(96, 100, 112);
    private static readonly Color Alarm = new(196, 30, 40);

    private static readonly Typeface Regular = Typeface.Load("LiberationSerif-Regular");
    private static readonly Typeface Bold = Typeface.Load("LiberationSerif-Bold");

    /// <summary>Makes the PDF file.</summary>
    /// <param name="revoked">When it does not hold any more: then it says so all across.</param>
    public byte[] Render(Certificate certificate, Revocation? revoked = null)
    {
        using var page = new Sheet(Width, Height, $"Sertifikat Penyelesaian {certificate.Number}");
        var company = companies.Find(certificate.Company);
        DrawBorder(page);
        DrawTitle(page);
        DrawEmployee(page, certificate, company);
        DrawCourse(page, certificate);
        var date = company.DateOf(certificate.CompletedAt);
        page.Centred(new(Regular, 14, Ink), 158, $"pada tanggal {Dates.Indonesian(date)}");
        page.Centred(new(Regular, 11, Quiet), 141, $"on {Dates.English(date)}");
        DrawFoot(page, certificate);
        if (revoked is not null)
            DrawRevocation(page, revoked, company);
        return page.Close();
    }

    private static void DrawBorder(Sheet page)
    {
        page.Fill(Paper, 0, 0, Width, Height);
        Around(22, 4, Ink);
        Around(30, 1, Gold);
        Around(34, 0.5, Gold);
        // Each corner: two short bars and a lozenge's centre between them.
        foreach (var (x, toRight) in new[] { (44.0, 1), (Width - 44, -1) })
        foreach (var (y, upwards) in new[] { (44.0, 1), (Height - 44, -1) })
        {
            page.Line(Gold, 2, x, y, x + (46 * toRight), y);
            page.Line(Gold, 2, x, y, x, y + (46 * upwards));
            page.Fill(Ink, x + (8 * toRight) - 3, y + (8 * upwards) - 3, 6, 6);
        }

        void Around(double inset, double thickness, Color color) =>
            page.Frame(color, thickness, inset, inset, Width - (2 * inset), Height - (2 * inset));
    }

    private static void DrawTitle(Sheet page)
    {
        page.Centred(new(Bold, 36, Ink, Spacing: 1.5), 487, "Sertifikat Penyelesaian");
        page.Centred(new(Regular, 14, Gold, Spacing: 4), 460, "CERTIFICATE OF COMPLETION");
        page.Line(Gold, 1, (Width / 2) - 120, 442, (Width / 2) - 10, 442);
        page.Line(Gold, 1, (Width / 2) + 10, 442, (Width / 2) + 120, 442);
        page.Fill(Gold, (Width / 2) - 3, 439, 6, 6);
    }

    private static void DrawEmployee(Sheet page, Certificate certificate, Company company)
    {
        page.Centred(new(Regular, 12, Quiet), 410, "diberikan kepada karyawan / awarded to employee");
        var room = DrawFitted(page, certificate.EmployeeId, middle: 378, height: 34, largest: 30, smallest: 6);
        var small = new Lettering(Regular, 12, Ink);
        if (company.Title is { } title)
            page.Centred(small, 378 - (room / 2) - 14, Cut(page, small, title));
    }

    private static void DrawCourse(Sheet page, Certificate certificate)
    {
        page.Centred(new(Regular, 12, Quiet), 318, "atas penyelesaian kursus / for completing the course");
        DrawFitted(page, certificate.CourseName, middle: 243, height: 124, largest: 32, smallest: 7);
    }

    private static void DrawFoot(Sheet page, Certificate certificate)
    {
        page.Line(Gold, 0.5, 100, 112, Width - 100, 112);
        page.Write(new(Regular, 9, Quiet), 100, 96, "Nomor / Number");
        page.Write(new(Bold, 13, Ink, Spacing: 0.5), 100, 79, certificate.Number);
        if (certificate.Attempt > 1)
            page.Write(new(Regular, 9, Quiet), 100, 64, $"Percobaan / Attempt {certificate.Attempt}");

        var small = new Lettering(Regular, 9, Quiet);
        const string Verification = "Verifikasi / Verification (SHA-256)";
        page.Write(small, Width - 100 - small.Measure(Verification), 96, Verification);
        var code = new Lettering(Regular, 10, Ink, Spacing: 0.5);
        foreach (var (line, y) in new[] { (certificate.Sha256[..32], 81.0), (certificate.Sha256[32..], 67.0) })
            page.Write(code, Width - 100 - code.Measure(line), y, line);
    }

    /// <summary>Over everything, and yet all below can be read.</summary>
    private static void DrawRevocation(Sheet page, Revocation revoked, Company company)
    {
        page.Stamp(new(Bold, 64, Alarm, Spacing: 3), Width / 2, 220, 20, "DICABUT / REVOKED");
        var date = company.DateOf(revoked.At);
        page.Fill(Alarm, 100, 116, Width - 200, 18);
        var line = $"Dicabut {Dates.Indonesian(date)} / revoked {Dates.English(date)}: {revoked.Reason}";
        var lettering = new Lettering(Bold, 10, Paper);
        page.Centred(lettering, 121, Cut(page, lettering, line));
    }

    /// <summary>Writes a text around a height, in as many lines as it takes.</summary>
    /// <returns>The room it took, in points.</returns>
    private static double DrawFitted(
        Sheet page,
        string text,
        double middle,
        double height,
        double largest,
        double smallest
    )
    {
        var printable = page.Printable(text, Bold);
        var fitted = TextFit.Fit(printable, TextWidth, height, largest, smallest, Bold.Measure);
        var step = fitted.Size * TextFit.LineHeight;
        var room = step * fitted.Lines.Count;
        for (var i = 0; i < fitted.Lines.Count; i++)
            page.Centred(new(Bold, fitted.Size, Ink), middle + (room / 2) - (step * (i + 0.8)), fitted.Lines[i]);
        return room;
    }

    /// <summary>One line of a text, cut off where it would be too long.</summary>
    private static string Cut(Sheet page, Lettering lettering, string text)
    {
        var (font, size) = (lettering.Font, lettering.Size);
        return TextFit.Fit(page.Printable(text, font), TextWidth - 20, size, size, size, font.Measure).Lines[0];
    }
}
