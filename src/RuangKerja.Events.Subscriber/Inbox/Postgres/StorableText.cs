using System.Text;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>What the database cannot hold is refused before it: several deliveries may share a statement.</summary>
internal static class StorableText
{
    // The service's ids have 2,000 bytes and its companies 63; an index's entry ends at about 2,700.
    private const int LongestAssignment = 2_000;
    private const int LongestCompany = 63;

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Passes when it can hold the texts.</summary>
    /// <exception cref="InboxRefusedException">One of the texts cannot be held.</exception>
    public static void Check(Delivery delivery)
    {
        if (!CanHold(delivery))
            throw new InboxRefusedException(
                $"Opening the inbox for event {delivery.EventId}: the database cannot hold the id of its assignment or the "
                    + "name of its company. No service of ours makes such: look for who has sent it."
            );
    }

    /// <summary>Whether it can.</summary>
    public static bool CanHold(Delivery delivery) =>
        Fits(delivery.AssignmentId, LongestAssignment) && Fits(delivery.Company, LongestCompany);

    /// <summary>A text that it can hold of any text: what it cannot is replaced, and no character is cut through.</summary>
    public static string Cut(string text, int longest)
    {
        var kept = new StringBuilder(Math.Min(text.Length, longest));
        // Half a surrogate pair comes as the replacement character here.
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > longest)
                break;
            kept.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return kept.ToString();
    }

    private static bool Fits(string text, int longest)
    {
        try
        {
            return Strict.GetByteCount(text) <= longest && !text.Contains('\0');
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
