using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Monitor.Domain.People;
using Monitor.Domain;
using Monitor.Programmes.Registers;
using Monitor.Server.People;
using Monitor.Storage;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor user add|password|list|revoke</c>: registered persons, their keys and accounts.</summary>
internal static class UserVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create() => new("user", "Registered persons: who may sign.")
    {
        CreateAdd(), UserPasswordVerb.Create(), CreateList(), CreateRevoke(),
    };

    private static Command CreateAdd()
    {
        var name = new Argument<string>("NAME") { Description = "The person's name." };
        var role = new Option<string>("--role")
        {
            Description = string.Join(" | ", PersonRoles.All), HelpName = "ROLE", Required = true,
        };
        var file = new Option<string?>("--new-key")
        {
            Description = "Where the new private key goes, for signing on the command line; never over a file.",
            HelpName = "FILE",
        };
        var ask = new Option<bool>("--password")
        {
            Description = "Ask for a password: the person can sign in and sign at the page.",
        };
        Option<bool> stdin = PasswordInput.FromStdin();
        Option<string> data = DataOption.Create();
        var command = new Command("add", "Register a person and make the key that they sign with.")
        {
            name, role, file, ask, stdin, data,
        };
        command.SetAction(parsed =>
        {
            (string? keyFile, bool isFromStdin) = (parsed.GetValue(file), parsed.GetValue(stdin));
            bool hasAccount = isFromStdin || parsed.GetValue(ask);
            if (keyFile is null && !hasAccount) throw new InputException(
                "The new key would be nowhere.",
                "Give --new-key FILE to sign on the command line, --password or --password-stdin to sign at the page, or both.",
                field: "--new-key");
            Add(parsed.Folder(data), parsed.GetRequiredValue(name), Role(parsed.GetRequiredValue(role)), keyFile,
                hasAccount ? () => PasswordInput.ReadNew(isFromStdin) : null);
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
            (IReadOnlyList<RegisteredPerson> persons, IReadOnlySet<string> withAccount) =
                UserStores.ReadAll(parsed.Folder(data));
            if (parsed.GetValue(json)) WriteJson(persons, withAccount);
            else WriteTable(persons, withAccount);
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
        var command = new Command(
            "revoke", "Revoke a person's key and end the account; what it signed before stays good.")
        {
            name, reason, data,
        };
        command.SetAction(parsed =>
        {
            string why = parsed.GetRequiredValue(reason).Trim();
            if (why.Length == 0) throw new InputException("The reason is empty.", "Say why.", field: "--reason");
            using UserStores stores = UserStores.OpenExisting(parsed.Folder(data));
            Person person = stores.Register.Revoke(parsed.GetRequiredValue(name), why);
            stores.Accounts.Close(person.Key);
            Console.Out.WriteLine($"Revoked the key {person.Key} of {person.Name}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Add(DataFolder folder, string name, PersonRole role, string? file, Func<string>? readPassword)
    {
        using UserStores stores = UserStores.OpenOrMake(folder);
        stores.Register.RequireFree(name);
        string? password = readPassword?.Invoke();
        using ECDsa key = PersonKeyFile.NewKey();
        string publicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        var person = new Person(name, role, publicKey);
        if (file is not null) PersonKeyFile.Write(file, key);
        try
        {
            if (password is not null) stores.Accounts.Lock(key, name, password);
            stores.Register.Add(person);
        }
        catch
        {
            // A key that nobody registered is of no use, and would be in the way of the next try.
            if (file is not null) File.Delete(file);
            stores.Accounts.Close(person.Key);
            throw;
        }
        Console.Out.WriteLine($"Registered {person.Name} as {person.Role.Name()}, key {person.Key}" +
            $"{(file is null ? "" : $", in {file}")}{(password is null ? "" : ", with an account for the page")}.");
    }

    private static PersonRole Role(string word) => PersonRoles.TryParse(word, out PersonRole role)
        ? role
        : throw new InputException(
            $"'{word}' is no role.", $"Use one of: {string.Join(", ", PersonRoles.All)}.", field: "--role");

    private static void WriteJson(IReadOnlyList<RegisteredPerson> persons, IReadOnlySet<string> withAccount)
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
                json.WriteBoolean("account", withAccount.Contains(p.Person.Key));
                json.WriteBoolean("revoked", p.RevokedPosition is not null);
                json.WriteString("reason", p.RevokedWhy);
            });
        }
    }

    private static void WriteTable(IReadOnlyList<RegisteredPerson> persons, IReadOnlySet<string> withAccount)
    {
        var table = new Table().AddColumns("person", "role", "key", "registered", "account", "state");
        foreach (RegisteredPerson p in persons)
        {
            table.AddRow(
                Markup.Escape(p.Person.Name), p.Person.Role.Name(), p.Person.Key[..16] + "…",
                p.RegisteredAt.ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                withAccount.Contains(p.Person.Key) ? "yes" : "—",
                Markup.Escape(p.RevokedWhy is string why ? $"revoked: {why}" : "good"));
        }
        AnsiConsole.Write(table);
    }
}
