using RuangKerja.Events.IntegrationTests.Chaos;
using RuangKerja.Events.IntegrationTests.LocalServers;
using RuangKerja.Events.IntegrationTests.Subscriber;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    [ServerHolder.Verb, .. var servers] => await ServerHolder.RunAsync(servers),
    [SubscriberProcess.Verb, var broker, var database, var behaviour] => await SubscriberProcess.RunAsync(
        new Uri(broker),
        database,
        behaviour
    ),
    [ChaosCommand.Verb, .. var options] => await ChaosCommand.RunAsync(options),
    _ => await ConsoleRunner.Run(args),
};
