using System.CommandLine;
using System.CommandLine.Parsing;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Simulator;
using SimulatedCompany = RuangKerja.Simulator.CompanyOptions;

namespace RuangKerja.Events.Service.Commands;

/// <summary><c>simulate</c>: the Ruangkerja API stood in for, until interrupted.</summary>
public sealed class SimulateCommand(CommandContext context)
{
    private const string DefaultUrl = "http://127.0.0.1:8090";

    private static readonly SimulatorOptions Defaults = new();

    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var company = Defaults.Companies[0];
        var url = Make("--url", "Where to listen; port 0 takes a free one.", DefaultUrl);
        var seed = Make("--seed", "Equal seeds live equal lives.", Defaults.Seed);
        var employees = Make("--employees", "How many there are at the start.", Defaults.Employees);
        var courses = Make("--courses", "How many online courses there are.", Defaults.Courses);
        var sameNamed = Make(
            "--same-named-courses",
            "How many further online courses have the names of the first ones.",
            Defaults.SameNamedCourses
        );
        var assignments = Make(
            "--assignments-per-employee",
            "How many courses each employee holds at the start.",
            Defaults.AssignmentsPerEmployee
        );
        var rate = Make("--rate", "Status changes per minute; 0 stops life.", Defaults.TransitionsPerMinute);
        var touches = Make(
            "--touch-share",
            "Share of the changes, 0 to 1, that move updatedAt and leave the status.",
            Defaults.TouchShare
        );
        var windowEnds = Make("--window-ends", "Which ends of a feed window belong to it.", Defaults.WindowEnds);
        var dwell = MakeDuration("--min-dwell", "No assignment changes twice within this time.", Defaults.MinimumDwell);
        var history = MakeDuration("--history", "How far back the first changes lie.", Defaults.History);
        var clientId = Make("--client-id", "The client id that is let in.", company.ClientId);
        var clientSecret = Make("--client-secret", "The client secret that is let in.", company.ClientSecret);

        var command = new Command("simulate", "Stand in for the Ruangkerja API, with a living population.")
        {
            url,
            seed,
            employees,
            courses,
            sameNamed,
            assignments,
            rate,
            touches,
            windowEnds,
            dwell,
            history,
            clientId,
            clientSecret,
        };
        ConfigurationArguments.Refuse(command);
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var options = new SimulatorOptions
                {
                    Seed = parsed.GetValue(seed),
                    Employees = parsed.GetValue(employees),
                    Courses = parsed.GetValue(courses),
                    SameNamedCourses = parsed.GetValue(sameNamed),
                    AssignmentsPerEmployee = parsed.GetValue(assignments),
                    TransitionsPerMinute = parsed.GetValue(rate),
                    TouchShare = parsed.GetValue(touches),
                    WindowEnds = parsed.GetValue(windowEnds),
                    MinimumDwell = parsed.GetValue(dwell),
                    History = parsed.GetValue(history),
                    Companies =
                    [
                        new SimulatedCompany
                        {
                            ClientId = parsed.GetRequiredValue(clientId),
                            ClientSecret = parsed.GetRequiredValue(clientSecret),
                        },
                    ],
                };
                return Failures.ReportAsync(
                    context.Error,
                    () =>
                        new SimulateCommand(context).RunAsync(options, parsed.GetRequiredValue(url), cancellationToken),
                    cancellationToken
                );
            }
        );
        return command;
    }

    /// <summary>Runs until cancelled, which is its normal end.</summary>
    public async Task<ExitCode> RunAsync(SimulatorOptions options, string url, CancellationToken cancellationToken)
    {
        options.ThrowIfFaulty();
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != "http")
            throw new UsageException($"--url '{url}': write an http address, such as {DefaultUrl}.");

        await using var simulator = await SimulatorHost.StartAsync(options, url, cancellationToken: cancellationToken);
        await WriteAsync(simulator, options.Companies[0]);
        await simulator.RunUntilCancelledAsync(cancellationToken);
        return ExitCode.Ok;
    }

    private async Task WriteAsync(SimulatorHost simulator, SimulatedCompany company)
    {
        await context.Out.WriteLineAsync(
            $"""
            The simulated API answers at {simulator.BaseAddress} until interrupted.
            Point the service at it with these environment variables:
              RuangKerja__BaseUrl={simulator.BaseAddress}
              RuangKerja__ClientId={company.ClientId}
              RuangKerja__ClientSecret=(what --client-secret says; default: simulator-secret)
            """
        );
        if (!simulator.BaseAddress.IsLoopback)
            await context.Error.WriteLineAsync("Others can reach it, and nothing guards its control paths.");
        await context.Out.FlushAsync();
    }

    private static Option<TValue> Make<TValue>(string name, string description, TValue value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Option<TimeSpan> MakeDuration(string name, string description, TimeSpan value) =>
        new(name)
        {
            Description = $"{description} Form: {Durations.Form}.",
            DefaultValueFactory = _ => value,
            CustomParser = Duration,
        };

    private static TimeSpan Duration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!Durations.TryParse(text, out var duration))
            result.AddError($"'{text}' is no duration; write {Durations.Form}.");
        return duration;
    }
}
