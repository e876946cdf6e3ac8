using System.CommandLine;
using System.Security.Cryptography;
using Monitor.Domain.People;
using Monitor.Domain;
using Monitor.Programmes.Registers;
using Monitor.Server.People;
using Monitor.Storage;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor user password NAME</c>: gives a registered person an account, or another password.</summary>
internal static class UserPasswordVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The person's name." };
        var key = new Option<string?>("--key")
        {
            Description = "The person's key file: makes the account, or sets a password that was forgotten. Without it the "
                + "former password is asked for.",
            HelpName = "FILE",
        };
        Option<bool> stdin = PasswordInput.FromStdin();
        Option<string> data = DataOption.Create();
        var command = new Command("password", "Set the password with which a person signs in and signs at the page.")
        {
            name, key, stdin, data,
        };
        command.SetAction(parsed =>
        {
            Set(parsed.Folder(data), parsed.GetRequiredValue(name), parsed.GetValue(key), parsed.GetValue(stdin));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Set(DataFolder folder, string name, string? keyFile, bool isFromStdin)
    {
        using UserStores stores = UserStores.OpenExisting(folder);
        RegisteredPerson person = stores.Accounts.PersonOf(name) ?? throw new InputException(
            $"Nobody called '{name}' has a good key.", "`user list` names everybody.", field: "NAME");
        if (keyFile is null)
        {
            if (!stores.Accounts.All().ContainsKey(person.Person.Key)) throw new InputException(
                $"{name} has no account yet.", "Give the key file with --key, and the account is made.", field: "--key");
            string former = PasswordInput.Read("Former password", isFromStdin);
            stores.Accounts.Change(name, former, PasswordInput.ReadNew(isFromStdin));
        }
        else
        {
            using ECDsa key = PersonKeyFile.Read(keyFile);
            bool isTheirs = PersonKey.Fingerprint(key.ExportSubjectPublicKeyInfo()) == person.Person.Key;
            if (!isTheirs) throw new InputException(
                $"It is not the key of {name}.", $"That key is {person.Person.Key}.", keyFile, field: "--key");
            stores.Accounts.Lock(key, name, PasswordInput.ReadNew(isFromStdin));
        }
        Console.Out.WriteLine($"Set the password of {name}. Who was signed in with the former one no longer is.");
    }
}
