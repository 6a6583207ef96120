using RuangKerja.Events.IntegrationTests.LocalServers;
using Xunit.Runner.InProc.SystemConsole;

return args is [ServerHolder.Verb, .. var servers]
    ? await ServerHolder.RunAsync(servers)
    : await ConsoleRunner.Run(args);
