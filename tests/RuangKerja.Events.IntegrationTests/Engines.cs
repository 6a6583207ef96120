using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Storage;
using Xunit.v3;

namespace RuangKerja.Events.IntegrationTests;

/// <summary>Runs the tests of a class on the engine of that name, instead of the build's default.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnEngineAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// The engine that tests store with: the default of the build, which is Marten with <c>-p:UseMarten=true</c>. What asks most of
/// it runs on all the others too: <c>Interchange/OnNpgsql.cs</c>.
/// </summary>
internal static class Engines
{
    /// <summary>Those of this build.</summary>
    public static IReadOnlyList<IStorageEngine> All => StorageEngines.All;

    /// <summary>That of the test that runs now.</summary>
    public static IStorageEngine Current =>
        (TestContext.Current.TestClass as IXunitTestClass)
            ?.Class.GetCustomAttributes(typeof(OnEngineAttribute), inherit: false)
            .Cast<OnEngineAttribute>()
            .SingleOrDefault()
            is { Name: var name }
            ? All.Single(engine => engine.Name == name)
            : StorageEngines.Default;

    /// <summary>Options for a database, on that engine or another.</summary>
    public static StorageOptions Options(string connectionString, IStorageEngine? engine = null) =>
        new() { ConnectionString = connectionString, Engine = engine ?? Current };
}
