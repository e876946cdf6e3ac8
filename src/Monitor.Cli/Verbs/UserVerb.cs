using System.CommandLine;
using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor user add|list|revoke</c>: registered persons and their keys.</summary>
internal static class UserVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create() => new("user", "Registered persons: who may sign.")
    {
        CreateAdd(), CreateList(), CreateRevoke(),
    };

    private static Command CreateAdd()
    {
        var name = new Argument<string>("NAME") { Description = "The person's name." };
        var role = new Option<string>("--role")
        {
            Description = string.Join(" | ", PersonRoles.All), HelpName = "ROLE", Required = true,
        };
        var file = new Option<string>("--new-key")
        {
            Description = "Where the new private key goes; never over a file.", HelpName = "FILE", Required = true,
        };
        Option<string> data = DataOption.Create();
        var command = new Command("add", "Register a person and make the key that they sign with.") { name, role, file, data };
        command.SetAction(parsed =>
        {
            Add(parsed.Folder(data), parsed.GetRequiredValue(name), Role(parsed.GetRequiredValue(role)),
                parsed.GetRequiredValue(file));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        Option<string> data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object per person." };
        var command = new Command("list", "Everybody who was ever registered.") { data, json };
        command.SetAction(parsed =>
        {
            using SqliteRegistryStore records = OpenExisting(parsed.Folder(data));
            IReadOnlyList<RegisteredPerson> persons = new PersonRegister(records, TimeProvider.System).All();
            if (parsed.GetValue(json)) WriteJson(persons);
            else WriteTable(persons);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateRevoke()
    {
        var name = new Argument<string>("NAME") { Description = "The person's name." };
        var reason = new Option<string>("--reason")
        {
            Description = "Why; kept for ever.", HelpName = "TEXT", Required = true,
        };
        Option<string> data = DataOption.Create();
        var command = new Command("revoke", "Revoke a person's key; what it signed before stays good.") { name, reason, data };
        command.SetAction(parsed =>
        {
            string why = parsed.GetRequiredValue(reason).Trim();
            if (why.Length == 0) throw new InputException("The reason is empty.", "Say why.", field: "--reason");
            using SqliteRegistryStore records = OpenExisting(parsed.Folder(data), StoreAccess.ReadWrite);
            Person person = new PersonRegister(records, TimeProvider.System).Revoke(parsed.GetRequiredValue(name), why);
            Console.Out.WriteLine($"Revoked the key {person.Key} of {person.Name}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Add(DataFolder folder, string name, PersonRole role, string file)
    {
        using SqliteRegistryStore records = Backends.OpenRegistry(folder, StoreAccess.ReadWrite);
        var register = new PersonRegister(records, TimeProvider.System);
        register.RequireFree(name);
        var person = new Person(name, role, PersonKeyFile.Make(file));
        try
        {
            register.Add(person);
        }
        catch
        {
            // A key that nobody registered is of no use, and would be in the way of the next try.
            File.Delete(file);
            throw;
        }
        Console.Out.WriteLine($"Registered {person.Name} as {person.Role.Name()}, key {person.Key}, in {file}.");
    }

    private static PersonRole Role(string word) => PersonRoles.TryParse(word, out PersonRole role)
        ? role
        : throw new InputException(
            $"'{word}' is no role.", $"Use one of: {string.Join(", ", PersonRoles.All)}.", field: "--role");

    private static SqliteRegistryStore OpenExisting(DataFolder folder, StoreAccess access = StoreAccess.ReadOnly) =>
        File.Exists(folder.Record)
            ? Backends.OpenRegistry(folder, access)
            : throw new InputException($"There is no record in {folder.Root}.",
                "Name the folder that `serve`, `demo` or `user add` wrote.", field: "--data");

    private static void WriteJson(IReadOnlyList<RegisteredPerson> persons)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        foreach (RegisteredPerson p in persons)
        {
            lines.Write(json =>
            {
                json.WriteString("person", p.Person.Name);
                json.WriteString("role", p.Person.Role.Name());
                json.WriteString("key", p.Person.Key);
                json.WriteString("registeredAt", p.RegisteredAt.ToString());
                json.WriteNumber("position", p.Position);
                json.WriteBoolean("revoked", p.RevokedPosition is not null);
                json.WriteString("reason", p.RevokedWhy);
            });
        }
    }

    private static void WriteTable(IReadOnlyList<RegisteredPerson> persons)
    {
        var table = new Table().AddColumns("person", "role", "key", "registered", "state");
        foreach (RegisteredPerson p in persons)
        {
            table.AddRow(
                Markup.Escape(p.Person.Name), p.Person.Role.Name(), p.Person.Key[..16] + "…",
                p.RegisteredAt.ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Markup.Escape(p.RevokedWhy is string why ? $"revoked: {why}" : "good"));
        }
        AnsiConsole.Write(table);
    }
}
