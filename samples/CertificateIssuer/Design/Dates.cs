using System.Globalization;

namespace CertificateIssuer.Design;

/// <summary>Dates in words. The program has no cultures (globalisation is invariant), so the months are here.</summary>
public static class Dates
{
    private static readonly string[] Months =
    [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ];

    /// <summary>Such as <c>31 Januari 2026</c>.</summary>
    public static string Indonesian(DateOnly date) => $"{date.Day} {Months[date.Month - 1]} {date.Year}";

    /// <summary>Such as <c>31 January 2026</c>.</summary>
    public static string English(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
