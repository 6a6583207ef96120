using System.Globalization;
using System.Text.Encodings.Web;
using LearnerNotifier.Learners;
using RuangKerja.Events.Contracts;

namespace LearnerNotifier.Mails;

/// <summary>Writes a mail of a change. Pure.</summary>
/// <param name="zone">Where the days begin that are written.</param>
public sealed class MailTemplates(TimeZoneInfo zone)
{
    private const int LongestSubject = 180;

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

    /// <summary>Writes it in a language.</summary>
    /// <returns>Null for a kind that there are no words for.</returns>
    public MailContent? Write(CourseStatusChanged change, Language language)
    {
        if (Phrases.Find(language, change.Kind) is not { } phrase)
            return null;

        var course = OneLine(change.CourseName);
        string[] paragraphs =
        [
            language == Language.Indonesian ? "Halo," : "Hello,",
            phrase.News.Replace("{0}", course, StringComparison.Ordinal) + WhenAndHow(change, language),
            phrase.Advice,
        ];
        var foot =
            language == Language.Indonesian
                ? $"Karyawan {OneLine(change.EmployeeId)}. Pesan ini dikirim otomatis; mohon tidak dibalas."
                : $"Employee {OneLine(change.EmployeeId)}. This message is sent automatically; please do not reply.";
        var subject = phrase.Subject.Replace("{0}", course, StringComparison.Ordinal);
        return new MailContent(
            subject.Length <= LongestSubject ? subject : Shortened(subject),
            string.Join("\r\n\r\n", [.. paragraphs, $"-- \r\n{foot}"]) + "\r\n",
            Html(paragraphs, foot, language)
        );
    }

    private string WhenAndHow(CourseStatusChanged change, Language language)
    {
        var indonesian = language == Language.Indonesian;
        var words = "";
        if (change.OccurredAtPrecision != Precisions.Observed)
        {
            var day = TimeZoneInfo.ConvertTime(change.OccurredAt, zone);
            words += indonesian
                ? $" Tanggal: {day.Day} {Months[day.Month - 1]} {day.Year}."
                : $" Date: {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.";
        }

        if (change is { Kind: ChangeKinds.Completed or ChangeKinds.Failed, PostTest: { } score })
        {
            var number = score.ToString("0.##", CultureInfo.InvariantCulture);
            words += indonesian ? $" Nilai: {number.Replace('.', ',')}." : $" Score: {number}.";
        }

        return words;
    }

    private static string Html(string[] paragraphs, string foot, Language language) =>
        $"""
            <!doctype html>
            <html lang="{LearnerFile.WordOf(language)}"><head><meta charset="utf-8"></head>
            <body style="font: 16px/1.5 sans-serif; color: #182a4f">
            {string.Join('\n', paragraphs.Select(p => $"<p>{HtmlEncoder.Default.Encode(p)}</p>"))}
            <p style="font-size: 12px; color: #606470">{HtmlEncoder.Default.Encode(foot)}</p>
            </body></html>
            """.ReplaceLineEndings("\r\n");

    /// <summary>A line break in a name would end the subject and begin another header.</summary>
    private static string OneLine(string text) =>
        string.Join(
            ' ',
            new string([.. text.Select(c => char.IsControl(c) || char.IsWhiteSpace(c) ? ' ' : c)]).Split(
                ' ',
                StringSplitOptions.RemoveEmptyEntries
            )
        );

    private static string Shortened(string text)
    {
        // Not within a character of two halves.
        var end = char.IsHighSurrogate(text[LongestSubject - 2]) ? LongestSubject - 2 : LongestSubject - 1;
        return $"{text[..end]}…";
    }
}
