namespace RuangKerja.LocalServers;

public sealed partial class RabbitMqServer
{
    private protected override IReadOnlyDictionary<string, string> WriteFiles()
    {
        var settings = new Dictionary<string, string>
        {
            ["listeners.tcp.1"] = $"127.0.0.1:{Port}",
            ["default_user"] = User,
            ["default_pass"] = _password,
            ["loopback_users"] = "none",
        };
        if (_options.Management)
        {
            settings["management.tcp.ip"] = "127.0.0.1";
            settings["management.tcp.port"] = $"{_ports.Management}";
        }

        foreach (var (name, value) in _options.Settings)
            settings[name] = value;

        string[] plugins =
        [
            .. _options.Plugins,
            .. _options.Management ? ["rabbitmq_management"] : Array.Empty<string>(),
        ];
        WriteFile("rabbitmq.conf", string.Concat(settings.Select(s => $"{s.Key} = {s.Value}\n")));
        WriteFile("enabled_plugins", $"[{string.Join(",", plugins)}].\n");
        WriteFile("prepare", Supervisor.Script("rabbitmq-prepare.sh"));
        WriteFile("run", Supervisor.Script("rabbitmq-run.sh"));
        return Environment(
            ("RABBITMQ_ALLOW_INPUT", "1"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", $"-noinput +S 2:2 {NameArguments} {LoopbackArguments}")
        );
    }

    /// <summary>
    /// Naming the node at once saves RabbitMQ the start of two helper machines, which only set up the distribution:
    /// about a second.
    /// </summary>
    private string NameArguments =>
        $"-sname {NodeName} -kernel inet_dist_listen_min {_ports.Distribution} inet_dist_listen_max {_ports.Distribution}";

    private static string LoopbackArguments => "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}";

    /// <summary>What the node and <c>rabbitmqctl</c> have in common: nothing is read from or written to elsewhere.</summary>
    private Dictionary<string, string> Environment(params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string>
        {
            ["LOCAL_SERVER_PROGRAMS"] = _programs.Folder,
            ["LOCAL_SERVER_EPMD"] = _programs.PortMapper,
            ["HOME"] = Folder,
            ["LC_ALL"] = "C.UTF-8",
            ["ERL_EPMD_PORT"] = $"{_ports.PortMapper}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_CRASH_DUMP_SECONDS"] = "0",
            ["RABBITMQ_NODENAME"] = NodeName,
            ["RABBITMQ_NODE_PORT"] = $"{Port}",
            ["RABBITMQ_DIST_PORT"] = $"{_ports.Distribution}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(Folder, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_PID_FILE"] = Path.Combine(Folder, "rabbitmq.pid"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(Folder, "rabbitmq.conf"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(Folder, "advanced.config"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(Folder, "rabbitmq-env.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(Folder, "enabled_plugins"),
        };
        foreach (var (name, value) in more)
            environment[name] = value;
        return environment;
    }
}
