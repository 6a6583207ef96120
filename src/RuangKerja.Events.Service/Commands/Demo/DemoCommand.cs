using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Simulator;

namespace RuangKerja.Events.Service.Commands.Demo;

/// <summary><c>demo</c>: everything at once, with private servers and a simulated API, and a count at the end.</summary>
public static class DemoCommand
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var length = new Option<TimeSpan?>("--for")
        {
            Description = $"How long life goes on, in seconds or as {Durations.Form}. Default: until interrupted.",
            CustomParser = Length,
        };
        var rate = new Option<double>("--rate")
        {
            Description = "Status changes per minute.",
            DefaultValueFactory = _ => 60,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Equal seeds live equal lives.",
            DefaultValueFactory = _ => 1,
        };
        var samples = new Option<DirectoryInfo?>("--samples")
        {
            Description =
                "The folder of the sample subscribers, each built in a folder of its name. Default: those built beside.",
        };

        var command = new Command(
            "demo",
            "Show it all: private servers, a simulated API, the service, two subscribers."
        )
        {
            length,
            rate,
            seed,
            samples,
        };
        ConfigurationArguments.Refuse(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                    {
                        // Before any server starts, and before the samples are looked for.
                        new SimulatorOptions
                        {
                            Seed = parsed.GetValue(seed),
                            TransitionsPerMinute = parsed.GetValue(rate),
                        }.ThrowIfFaulty();
                        var options = new DemoOptions(
                            parsed.GetValue(length),
                            parsed.GetValue(rate),
                            parsed.GetValue(seed),
                            Sample("CertificateIssuer", parsed.GetValue(samples)),
                            Sample("LearnerNotifier", parsed.GetValue(samples))
                        );
                        return new DemoRun(options, context).RunAsync(cancellationToken);
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static FileInfo Sample(string name, DirectoryInfo? given)
    {
        var file = given is null
            ? FindBeside(name, new DirectoryInfo(AppContext.BaseDirectory))
            : new FileInfo(Path.Combine(given.FullName, name, $"{name}.dll"));
        return file is { Exists: true }
            ? file
            : throw new UsageException(
                $"The sample subscriber {name} is not built: build the solution, or name the folder of both with --samples."
            );
    }

    /// <summary>The sample's output beside ours, when this runs from a checkout: same configuration, same framework.</summary>
    private static FileInfo? FindBeside(string name, DirectoryInfo output)
    {
        var variant = Path.Combine(output.Parent?.Name ?? "", output.Name);
        for (var folder = output; folder is not null; folder = folder.Parent)
        {
            var file = new FileInfo(Path.Combine(folder.FullName, "samples", name, "bin", variant, $"{name}.dll"));
            if (file.Exists)
                return file;
        }

        return null;
    }

    private static TimeSpan? Length(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
            return TimeSpan.FromSeconds(seconds);
        if (Durations.TryParse(text, out var length) && length > TimeSpan.Zero)
            return length;

        result.AddError($"'{text}' is no length; write seconds, such as 60, or {Durations.Form}.");
        return null;
    }
}

/// <summary>What a demo is asked for.</summary>
/// <param name="Length">How long life goes on; null: until interrupted.</param>
/// <param name="Rate">Status changes per minute.</param>
/// <param name="CertificateIssuer">The assembly of the one sample subscriber.</param>
/// <param name="LearnerNotifier">The assembly of the other.</param>
public sealed record DemoOptions(
    TimeSpan? Length,
    double Rate,
    int Seed,
    FileInfo CertificateIssuer,
    FileInfo LearnerNotifier
);
