using System.Buffers;
using System.Text;

namespace RuangKerja.Events.Api;

/// <summary>
/// A row's JSON text with holes in the place of its values. Nearly all rows share one of few forms, so that the text of a
/// row, which is seldom asked for, costs no memory and is still given to the letter.
/// </summary>
internal sealed class RowForm(byte[] template)
{
    /// <summary>Marks a hole; the field's number follows. No UTF-8 text holds this byte.</summary>
    public const byte Hole = 0xFF;

    public ReadOnlySpan<byte> Template => template;

    public string Fill(FeedRow row)
    {
        var text = new StringBuilder();
        var rest = Template;
        while (rest.IndexOf(Hole) is var hole and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(rest[..hole])).Append(ValueOf(row, rest[hole + 1]));
            rest = rest[(hole + 2)..];
        }

        return text.Append(Encoding.UTF8.GetString(rest)).ToString();
    }

    public override bool Equals(object? obj) => obj is RowForm other && Template.SequenceEqual(other.Template);

    public override int GetHashCode() => template.Length;

    private static string? ValueOf(FeedRow row, byte field) =>
        field switch
        {
            0 => row.AssignedCourseSerial,
            1 => row.EmployeeId,
            2 => row.CourseName,
            3 => row.CompletedAt,
            4 => row.UpdatedAt,
            _ => row.Status,
        };
}

/// <summary>Makes the forms of one answer's rows, each one once.</summary>
internal sealed class RowForms
{
    // More means that the rows hold something of their own beside their values: looking for it among all would cost more.
    private const int Most = 32;

    private readonly List<RowForm> _known = [];
    private readonly ArrayBufferWriter<byte> _template = new();
    private int _taken;

    /// <summary>A row begins there.</summary>
    public void Begin(int start)
    {
        _template.ResetWrittenCount();
        _taken = start;
    }

    /// <summary>A field's value, without its quotes, stands from there to there.</summary>
    public void Value(ReadOnlySpan<byte> bytes, int field, int start, int end)
    {
        _template.Write(bytes[_taken..start]);
        _template.Write([RowForm.Hole, (byte)field]);
        _taken = end;
    }

    /// <summary>The row ends where the bytes end.</summary>
    public RowForm End(ReadOnlySpan<byte> bytes)
    {
        _template.Write(bytes[_taken..]);
        foreach (var known in _known)
        {
            if (known.Template.SequenceEqual(_template.WrittenSpan))
            {
                return known;
            }
        }

        var form = new RowForm(_template.WrittenSpan.ToArray());
        if (_known.Count < Most)
        {
            _known.Add(form);
        }

        return form;
    }
}
