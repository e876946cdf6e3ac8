using System.Security.Cryptography;
using Monitor.Domain.People;
using Monitor.Server.People;

namespace Monitor.Cli.Demo;

/// <summary>The demonstration's persons, each with a key of their own: one files documents, two decide.</summary>
/// <param name="Sponsor">Files documents and asks for awards.</param>
/// <param name="Reviewer">Decides first.</param>
/// <param name="Approver">Decides second.</param>
internal sealed record DemoPersons(Signatory Sponsor, Signatory Reviewer, Signatory Approver) : IDisposable
{
    /// <summary>Makes them where they are not there yet, and opens their keys.</summary>
    /// <param name="register">The register of the demonstration's folder.</param>
    /// <param name="keys">Folder of the keys.</param>
    internal static DemoPersons Open(PersonRegister register, string keys) => new(
        Open(register, Path.Combine(keys, "sponsor.pem"), "示例建设方", PersonRole.Sponsor),
        Open(register, Path.Combine(keys, "reviewer.pem"), "示例审批人甲", PersonRole.Reviewer),
        Open(register, Path.Combine(keys, "approver.pem"), "示例审批人乙", PersonRole.Approver));

    /// <inheritdoc/>
    public void Dispose()
    {
        Sponsor.Dispose();
        Reviewer.Dispose();
        Approver.Dispose();
    }

    private static Signatory Open(PersonRegister register, string file, string name, PersonRole role)
    {
        if (!File.Exists(file))
        {
            register.RequireFree(name);
            PersonKeyFile.Make(file);
        }
        // A program that ended between the key and the register left a key that nobody has: it is registered now.
        using ECDsa key = PersonKeyFile.Read(file);
        byte[] publicKey = key.ExportSubjectPublicKeyInfo();
        if (register.Find(PersonKey.Fingerprint(publicKey)) is null)
        {
            register.Add(new Person(name, role, Convert.ToBase64String(publicKey)));
        }
        return Signatory.Open(file, register);
    }
}
