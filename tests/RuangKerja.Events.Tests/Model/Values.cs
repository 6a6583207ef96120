using System.Collections;
using System.Runtime.CompilerServices;

namespace RuangKerja.Events.Tests.Model;

/// <summary>A short list that equals any list with equal entries: what a state is made of. Never changed.</summary>
[CollectionBuilder(typeof(Values), nameof(Values.Of))]
internal sealed class Values<T> : IReadOnlyList<T>, IEquatable<Values<T>>
    where T : IEquatable<T>
{
    private readonly T[] _items;
    private readonly int _hash;

    public Values(ReadOnlySpan<T> items)
    {
        _items = items.ToArray();
        var hash = new HashCode();
        foreach (var item in _items)
            hash.Add(item);
        _hash = hash.ToHashCode();
    }

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public Values<T> With(int index, T value)
    {
        T[] items = [.. _items];
        items[index] = value;
        return [.. items];
    }

    public Values<T> And(T value) => [.. _items, value];

    public bool Equals(Values<T>? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && _items.AsSpan().SequenceEqual(other._items));

    public override bool Equals(object? obj) => Equals(obj as Values<T>);

    public override int GetHashCode() => _hash;

    public override string ToString() => $"[{string.Join(", ", _items)}]";

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class Values
{
    public static Values<T> Of<T>(ReadOnlySpan<T> items)
        where T : IEquatable<T> => new(items);

    public static Values<T> Repeat<T>(T value, int count)
        where T : IEquatable<T> => [.. Enumerable.Repeat(value, count)];
}
