using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CertificateIssuer.Design;
using CertificateIssuer.Register;

namespace CertificateIssuer.Http;

/// <summary>The page that lists certificates, each with its file. Pure.</summary>
public static class CertificatePage
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; color: #182a4f; background: #fdfbf6; margin: 2rem auto; max-width: 80rem; }
        h1 { font-weight: 600; border-bottom: 2px solid #ad8838; padding-bottom: .4rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #e4dcc6; vertical-align: top; overflow-wrap: anywhere; }
        td.number { white-space: nowrap; }
        tr.revoked td { color: #8a8f9c; text-decoration: line-through; }
        tr.revoked td.state { color: #c41e28; text-decoration: none; }
        code { font-size: .8em; }
        """;

    /// <summary>The whole page, in HTML.</summary>
    /// <param name="entries">Those that are shown.</param>
    public static string Render(RegisterCounts counts, IReadOnlyList<RegisterEntry> entries, CompanyDirectory companies)
    {
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!doctype html>
            <html lang="id"><head><meta charset="utf-8"><title>Sertifikat / Certificates</title><style>{Style}</style></head>
            <body><h1>Sertifikat / Certificates</h1>
            <p>{counts.Issued} diterbitkan / issued, {counts.Revoked} dicabut / revoked; {entries.Count} terbaru / newest:</p>
            <table><thead><tr><th>Nomor / Number</th><th>Karyawan / Employee</th><th>Kursus / Course</th>
            <th>Percobaan / Attempt</th><th>Selesai / Completed</th><th>Status</th><th>SHA-256</th></tr></thead><tbody>

            """
        );
        foreach (var entry in entries)
            html.Append(Row(entry, companies.Find(entry.Company)));
        return html.Append("</tbody></table></body></html>\n").ToString();
    }

    private static string Row(RegisterEntry entry, Company company)
    {
        var state = entry.RevokedAt is { } at
            ? $"dicabut / revoked {Dates.English(company.DateOf(at))}: {entry.Reason}"
            : "berlaku / valid";
        return $"""
            <tr{(entry.RevokedAt is null ? "" : " class=\"revoked\"")}>
            <td class="number"><a href="/certificates/{Text(entry.Number)}.pdf">{Text(entry.Number)}</a></td>
            <td>{Text(entry.EmployeeId)}</td><td>{Text(entry.CourseName)}</td><td>{entry.Attempt}</td>
            <td>{Dates.English(company.DateOf(entry.CompletedAt))}</td><td class="state">{Text(state)}</td>
            <td><code>{Text(entry.Sha256)}</code></td></tr>

            """;
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
