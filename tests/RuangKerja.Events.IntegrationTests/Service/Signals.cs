using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RuangKerja.Events.IntegrationTests.Service;

/// <summary>What a supervisor or a frozen machine does to a process.</summary>
internal static class Signals
{
    private const int Term = 15;

    // These two have other numbers on macOS.
    private static readonly int Stop = OperatingSystem.IsMacOS() ? 17 : 19;
    private static readonly int Cont = OperatingSystem.IsMacOS() ? 19 : 18;

    /// <summary>Asks it to stop, as a supervisor does.</summary>
    public static void Terminate(Process process) => Send(process, Term);

    /// <summary>Halts it (SIGSTOP), as a frozen machine does: its connections stay open and it does nothing.</summary>
    public static void Pause(Process process) => Send(process, Stop);

    /// <summary>Lets it go on (SIGCONT): to itself no time has passed.</summary>
    public static void Continue(Process process) => Send(process, Cont);

    private static void Send(Process process, int signal) => Kill(process.Id, signal).ShouldBe(0);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
