using RuangKerja.Events.IntegrationTests.Chaos;
using RuangKerja.Events.IntegrationTests.LocalServers;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    [ServerHolder.Verb, .. var servers] => await ServerHolder.RunAsync(servers),
    [ChaosCommand.Verb, .. var options] => await ChaosCommand.RunAsync(options),
    _ => await ConsoleRunner.Run(args),
};
