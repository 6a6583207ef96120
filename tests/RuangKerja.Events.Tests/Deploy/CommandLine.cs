using RuangKerja.Events.Service.Commands;

namespace RuangKerja.Events.Tests.Deploy;

/// <summary>The command line of the executable, for tests of files that call it.</summary>
internal static class CommandLine
{
    /// <summary>What is wrong with the arguments; nothing when they can be run.</summary>
    public static IEnumerable<string> UsageFaults(IEnumerable<string> args)
    {
        var context = new CommandContext { Out = TextWriter.Null, Error = TextWriter.Null };
        return Events.Service.Program.CommandTree(context).Parse([.. args]).Errors.Select(error => error.Message);
    }
}
