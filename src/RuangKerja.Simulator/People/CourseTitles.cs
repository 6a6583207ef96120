namespace RuangKerja.Simulator.People;

/// <summary>Course names in the documented manner: the category in brackets, then an Indonesian title.</summary>
internal static class CourseTitles
{
    private static readonly string[] Titles =
    [
        "Keselamatan dan Kesehatan Kerja Dasar",
        "Anti Penyuapan dan Gratifikasi",
        "Keamanan Informasi untuk Karyawan",
        "Perlindungan Data Pribadi",
        "Pelayanan Pelanggan Prima",
        "Komunikasi Efektif di Tempat Kerja",
        "Kepemimpinan untuk Supervisor Baru",
        "Manajemen Waktu dan Prioritas",
        "Pengenalan Budaya Perusahaan",
        "Kode Etik dan Kepatuhan",
        "Dasar-Dasar Analisis Data",
        "Tanggap Darurat Kebakaran",
        "Teknik Negosiasi",
        "Penulisan Laporan Bisnis",
        "Pencegahan Pelecehan di Tempat Kerja",
        "Manajemen Risiko Operasional",
        "Pengantar Keuangan untuk Non-Keuangan",
        "Kerja Sama Tim Lintas Fungsi",
    ];

    /// <summary>The name of the course with this number, from 0; no two numbers of a category share a name.</summary>
    public static string Name(string category, int number)
    {
        var edition = number / Titles.Length;
        var title = Titles[number % Titles.Length];
        return edition == 0 ? $"[{category}] {title}" : $"[{category}] {title} (Bagian {edition + 1})";
    }
}
