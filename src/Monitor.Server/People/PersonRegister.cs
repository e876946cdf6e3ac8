using System.Buffers;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Registers;

namespace Monitor.Server.People;

/// <summary>
/// Who the registered persons are: registry changes in the record, so that the position up to which a signature was judged
/// says for ever whether its key was good.
/// </summary>
/// <param name="records">The record's registry.</param>
/// <param name="clock">Gives the time of a change.</param>
public sealed class PersonRegister(IRegistryStore records, TimeProvider clock)
{
    private const string Subject = PersonRoll.Subject;

    /// <summary>The newest position of the record.</summary>
    public long Position => records.LastPosition;

    /// <summary>Position of the newest change of the register; 0 where there is none.</summary>
    public long Changed =>
        records.Read(new RecordQuery { Kind = RecordKind.Registry, Subject = Subject }) is [.., StoredRecord newest]
            ? newest.Position
            : 0;

    /// <summary>Everybody who was ever registered, in the order of registration.</summary>
    public IReadOnlyList<RegisteredPerson> All() => Roll().All;

    /// <summary>The person of a fingerprint, also where revoked; null where there is none.</summary>
    public RegisteredPerson? Find(string fingerprint) => All().FirstOrDefault(p => p.Person.Key == fingerprint);

    /// <summary>Refuses a name that cannot be registered now.</summary>
    /// <exception cref="InputException">It is no name, or somebody unrevoked has it.</exception>
    public void RequireFree(string name)
    {
        if (!Person.IsName(name)) throw new InputException(
            $"'{name}' cannot be a person's name.",
            $"Use 1 to {Person.NameLengthMax} letters, digits, spaces inside, or · . - _.", field: "NAME");
        RegisteredPerson? other = All().FirstOrDefault(p => p.Person.Name == name && p.RevokedPosition is null);
        if (other is not null) throw new InputException(
            $"{name} is registered already as {other.Person.Role.Name()}, with the key {other.Person.Key[..16]}….",
            "Choose another name, or revoke the former key first with `user revoke`.", field: "NAME");
    }

    /// <summary>Registers a person. The same person again is a no-op.</summary>
    public void Add(Person person) => Append(person.Key, "registered", json =>
    {
        json.WriteString("person", person.Name);
        json.WriteString("role", person.Role.Name());
        json.WriteString("key", person.Key);
        json.WriteString("publicKey", person.PublicKey);
    });

    /// <summary>Revokes the good key of a name; what it signed before stays good.</summary>
    /// <returns>The person whose key it was.</returns>
    /// <exception cref="InputException">Nobody of that name has a good key.</exception>
    public Person Revoke(string name, string reason)
    {
        RegisteredPerson found = All().LastOrDefault(p => p.Person.Name == name && p.RevokedPosition is null)
            ?? throw new InputException(
                $"Nobody called '{name}' has a good key.", "`user list` names everybody.", field: "NAME");
        Append(found.Person.Key, "revoked", json =>
        {
            json.WriteString("person", name);
            json.WriteString("key", found.Person.Key);
            json.WriteString("reason", reason);
        });
        return found.Person;
    }

    /// <inheritdoc cref="PersonRoll.Registration"/>
    public Func<Person, long?, string?> Registration() => Roll().Registration();

    /// <summary>The register's lines up to a position, inclusive: what a decision seals beside itself.</summary>
    public byte[] LinesAt(long position) => RegisterLines.Write(RegisterLines.Persons(records, position));

    private PersonRoll Roll() =>
        PersonRoll.Of(records.Read(new RecordQuery { Kind = RecordKind.Registry, Subject = Subject }));

    private void Append(string fingerprint, string change, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("change", change);
            members(json);
            json.WriteEndObject();
        }
        records.Append(
            new RecordDraft(
                RecordKind.Registry, $"{Subject}/{fingerprint}", $"{Subject}/{fingerprint}/{change}",
                buffer.WrittenMemory.ToArray()),
            Instant.From(clock.GetUtcNow()));
    }
}
