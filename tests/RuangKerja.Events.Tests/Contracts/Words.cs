using System.Reflection;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Tests.Contracts;

/// <summary>The classes of words: strings on the wire, to which later versions may add.</summary>
internal static class Words
{
    /// <summary>The words of a class by its name; null when it is none.</summary>
    public static IReadOnlyList<string>? Of(string className) =>
        typeof(CourseStatusChanged).Assembly.GetType($"{typeof(CourseStatusChanged).Namespace}.{className}")
            is { IsAbstract: true, IsSealed: true } words
            ?
            [
                .. words
                    .GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Select(f => (string)f.GetRawConstantValue()!),
            ]
            : null;
}
