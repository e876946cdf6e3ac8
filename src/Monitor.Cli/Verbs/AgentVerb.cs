using System.CommandLine;
using System.Globalization;
using Monitor.Domain;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor agent add|list|revoke</c>: who may publish readings, and for which sections.</summary>
internal static class AgentVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create() => new("agent", "Agents: who may publish readings, and for which sections.")
    {
        CreateAdd(), CreateList(), CreateRevoke(),
    };

    private static Command CreateAdd()
    {
        var id = new Argument<string>("ID") { Description = "Agent id: user name, MQTT client id and certificate's CN." };
        var sections = new Option<string[]>("--section")
        {
            Description = "A section that it may write for; can be given again.", HelpName = "SECTION", Required = true,
        };
        var key = new Option<string?>("--public-key")
        {
            Description = "Its batches must be signed with this key, as `monitor-edge keygen` printed it.", HelpName = "FILE",
        };
        var server = new Option<string?>("--server")
        {
            Description = "Where the agent will find the service; default: the service that serves DIR now.",
            HelpName = "HOST:PORT",
        };
        var output = new Option<string?>("--out")
        {
            Description = "The agent's configuration; default DIR/agents/ID.json.", HelpName = "FILE",
        };
        var authority = new Option<string?>("--ca")
        {
            Description = "The agent comes by TLS, and this PEM on its machine vouches for the service.", HelpName = "FILE",
        };
        Option<string> data = DataOption.Create();
        var command = new Command("add", "Register an agent, and write its ready configuration with a new password.")
        {
            id, sections, key, server, authority, output, data,
        };
        command.SetAction(parsed =>
        {
            string? keyFile = parsed.GetValue(key);
            Add(parsed.Folder(data), parsed.GetRequiredValue(id), parsed.GetRequiredValue(sections),
                keyFile is null ? "" : AgentKeyText.Read(InputFile.ReadText(keyFile), keyFile),
                parsed.GetValue(server), parsed.GetValue(authority), parsed.GetValue(output));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        Option<string> data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object per registration." };
        var command = new Command("list", "Every agent that was ever registered.") { data, json };
        command.SetAction(parsed =>
        {
            using SqliteRegistryStore records = OpenExisting(parsed.Folder(data), StoreAccess.ReadOnly);
            IReadOnlyList<RegisteredAgent> agents = new AgentRegister(records, TimeProvider.System).All();
            if (parsed.GetValue(json)) WriteJson(agents);
            else WriteTable(agents);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateRevoke()
    {
        var id = new Argument<string>("ID") { Description = "Agent id." };
        Option<string> reason = SigningOptions.Reason();
        Option<string> data = DataOption.Create();
        var command = new Command("revoke", "Shut an agent out; what it sent stays.") { id, reason, data };
        command.SetAction(parsed =>
        {
            string why = parsed.GetRequiredValue(reason).Trim();
            if (why.Length == 0) throw new InputException("The reason is empty.", "Say why.", field: "--reason");
            using SqliteRegistryStore records = OpenExisting(parsed.Folder(data), StoreAccess.ReadWrite);
            new AgentRegister(records, TimeProvider.System).Revoke(parsed.GetRequiredValue(id), why);
            Console.Out.WriteLine($"Revoked agent {parsed.GetRequiredValue(id)}. A running service ends its connection.");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Add(
        DataFolder folder, string id, string[] sections, string publicKey, string? server, string? authority,
        string? output)
    {
        using SqliteRegistryStore records = Backends.OpenRegistry(folder, StoreAccess.ReadWrite);
        var register = new AgentRegister(records, TimeProvider.System);
        register.RequireFree(id, sections);
        string password = AgentPassword.Generate();
        string file = output ?? Path.Combine(folder.Root, "agents", id + ".json");
        AgentFile.Write(
            file, id, sections[0], server ?? AgentFile.ServerOf(folder, authority is not null), password, authority);
        try
        {
            register.Add(id, sections, AgentPassword.Hash(password), publicKey);
        }
        catch
        {
            // A password that nobody registered is of no use, and would be in the way of the next try.
            File.Delete(file);
            throw;
        }
        Console.Out.WriteLine(
            $"Registered agent {id} for {string.Join(", ", sections)}. Its configuration, with its password, is in {file}.");
        if (sections.Length > 1) Console.Error.WriteLine(
            $"monitor-edge reports one section; the file names {sections[0]}. The others are for devices that tell them apart.");
    }

    private static SqliteRegistryStore OpenExisting(DataFolder folder, StoreAccess access) => File.Exists(folder.Record)
        ? Backends.OpenRegistry(folder, access)
        : throw new InputException($"There is no record in {folder.Root}.",
            "Name the folder that `serve`, `demo` or `agent add` wrote.", field: "--data");

    private static void WriteJson(IReadOnlyList<RegisteredAgent> agents)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        foreach (RegisteredAgent a in agents)
        {
            lines.Write(json =>
            {
                json.WriteString("agent", a.Id);
                json.WriteStartArray("sections");
                foreach (string section in a.Sections) json.WriteStringValue(section);
                json.WriteEndArray();
                json.WriteString("publicKey", a.PublicKey.Length > 0 ? a.PublicKey : null);
                json.WriteString("registeredAt", a.RegisteredAt.ToString());
                json.WriteNumber("position", a.Position);
                json.WriteBoolean("revoked", a.RevokedPosition is not null);
                json.WriteString("reason", a.RevokedWhy);
            });
        }
    }

    private static void WriteTable(IReadOnlyList<RegisteredAgent> agents)
    {
        var table = new Table().AddColumns("agent", "sections", "signs", "registered", "state");
        foreach (RegisteredAgent a in agents)
        {
            table.AddRow(
                a.Id, string.Join(' ', a.Sections), a.PublicKey.Length > 0 ? "yes" : "no",
                a.RegisteredAt.ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Markup.Escape(a.RevokedWhy is string why ? $"revoked: {why}" : "good"));
        }
        AnsiConsole.Write(table);
    }
}
