using LearnerNotifier.Learners;
using RuangKerja.Events.Contracts;

namespace LearnerNotifier.Mails;

/// <summary>What is said of a kind of change. <c>{0}</c> is the course.</summary>
/// <param name="Subject">The mail's subject.</param>
/// <param name="News">What happened.</param>
/// <param name="Advice">What the learner can do now.</param>
public sealed record Phrase(string Subject, string News, string Advice);

/// <summary>The phrases of each kind in each language.</summary>
public static class Phrases
{
    private static readonly Dictionary<string, Phrase> Indonesian = new(StringComparer.Ordinal)
    {
        [ChangeKinds.Assigned] = new(
            "Kursus baru: {0}",
            "Anda mendapat kursus “{0}”.",
            "Silakan mulai kapan saja di Ruangkerja."
        ),
        [ChangeKinds.Started] = new("Dimulai: {0}", "Anda telah memulai kursus “{0}”.", "Selamat belajar!"),
        [ChangeKinds.Completed] = new(
            "Selesai: {0}",
            "Selamat! Anda telah menyelesaikan kursus “{0}”.",
            "Sertifikat Anda disiapkan secara terpisah."
        ),
        [ChangeKinds.Failed] = new(
            "Belum lulus: {0}",
            "Anda belum lulus kursus “{0}”.",
            "Hubungi bagian pelatihan bila Anda ingin mencoba lagi."
        ),
        [ChangeKinds.Expired] = new(
            "Waktu habis: {0}",
            "Waktu untuk kursus “{0}” telah habis sebelum selesai.",
            "Hubungi bagian pelatihan bila Anda memerlukan perpanjangan."
        ),
        [ChangeKinds.Reopened] = new(
            "Dibuka kembali: {0}",
            "Kursus “{0}” dibuka kembali untuk Anda.",
            "Hasil sebelumnya tidak berlaku lagi; silakan kerjakan kembali di Ruangkerja."
        ),
        [ChangeKinds.Reset] = new(
            "Diulang dari awal: {0}",
            "Kemajuan Anda pada kursus “{0}” dikembalikan ke awal.",
            "Silakan mulai lagi di Ruangkerja."
        ),
    };

    private static readonly Dictionary<string, Phrase> English = new(StringComparer.Ordinal)
    {
        [ChangeKinds.Assigned] = new(
            "New course: {0}",
            "The course “{0}” was assigned to you.",
            "You can start at any time in Ruangkerja."
        ),
        [ChangeKinds.Started] = new("Started: {0}", "You have started the course “{0}”.", "Enjoy learning!"),
        [ChangeKinds.Completed] = new(
            "Completed: {0}",
            "Congratulations! You have completed the course “{0}”.",
            "Your certificate is made separately."
        ),
        [ChangeKinds.Failed] = new(
            "Not passed: {0}",
            "You have not passed the course “{0}”.",
            "Ask your training department if you want to try again."
        ),
        [ChangeKinds.Expired] = new(
            "Time is up: {0}",
            "The time for the course “{0}” ran out before it was completed.",
            "Ask your training department if you need more time."
        ),
        [ChangeKinds.Reopened] = new(
            "Opened again: {0}",
            "The course “{0}” was opened again for you.",
            "The earlier result does not count any more; please take the course again in Ruangkerja."
        ),
        [ChangeKinds.Reset] = new(
            "Back to the start: {0}",
            "Your progress in the course “{0}” was set back to the start.",
            "Please start again in Ruangkerja."
        ),
    };

    /// <summary>The kinds that there are phrases for.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Indonesian.Keys];

    /// <summary>The phrase of a kind; null for one that this version has no words for.</summary>
    public static Phrase? Find(Language language, string kind) =>
        (language == Language.Indonesian ? Indonesian : English).GetValueOrDefault(kind);
}
