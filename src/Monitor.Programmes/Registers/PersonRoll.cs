using System.Text.Json;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;

namespace Monitor.Programmes.Registers;

/// <summary>A person as the register has them.</summary>
/// <param name="Person">Name, role and key.</param>
/// <param name="Position">Position of the registration in the record.</param>
/// <param name="RegisteredAt">When.</param>
/// <param name="RevokedPosition">Position of the revocation; null where the key is good.</param>
/// <param name="RevokedWhy">Its reason; null where the key is good.</param>
public sealed record RegisteredPerson(
    Person Person, long Position, Instant RegisteredAt, long? RevokedPosition, string? RevokedWhy)
{
    /// <summary>Whether the key was good at a position of the record, inclusive.</summary>
    public bool IsGoodAt(long position) => Position <= position && (RevokedPosition is not long end || end > position);
}

/// <summary>
/// Who the registered persons are, read from register changes: the same for the service that keeps the register and for
/// whoever got its lines in a bundle.
/// </summary>
public sealed class PersonRoll
{
    /// <summary>Subject of the changes.</summary>
    public const string Subject = "person";

    private PersonRoll(IReadOnlyList<RegisteredPerson> all) => All = all;

    /// <summary>Everybody who was ever registered, in the order of registration.</summary>
    public IReadOnlyList<RegisteredPerson> All { get; }

    /// <summary>Reads changes, in the order of their positions.</summary>
    public static PersonRoll Of(IEnumerable<StoredRecord> changes)
    {
        List<RegisteredPerson> persons = [];
        foreach (StoredRecord record in changes)
        {
            using JsonDocument json = JsonDocument.Parse(record.Body);
            JsonElement body = json.RootElement;
            string key = body.GetProperty("key").GetString()!;
            if (body.GetProperty("change").GetString() == "registered")
            {
                _ = PersonRoles.TryParse(body.GetProperty("role").GetString(), out PersonRole role);
                var person = new Person(
                    body.GetProperty("person").GetString()!, role, body.GetProperty("publicKey").GetString()!);
                persons.Add(new RegisteredPerson(person, record.Position, record.RecordedAt, null, null));
                continue;
            }
            int at = persons.FindIndex(p => p.Person.Key == key);
            string why = body.GetProperty("reason").GetString()!;
            if (at < 0) throw new FormatException($"The change at position {record.Position} revokes a key that is not there.");
            persons[at] = persons[at] with { RevokedPosition = record.Position, RevokedWhy = why };
        }
        return new PersonRoll(persons);
    }

    /// <summary>
    /// Why a signer did not count as that person at a position; null where the key was registered to that name and role,
    /// and good. Fits <c>DecisionBook</c>.
    /// </summary>
    public Func<Person, long?, string?> Registration()
    {
        Dictionary<string, RegisteredPerson> byKey = All.ToDictionary(p => p.Person.Key);
        return (person, position) =>
        {
            if (!byKey.TryGetValue(person.Key, out RegisteredPerson? registered))
            {
                return $"The key {person.Key[..16]}… that signed as {person.Name} is not registered.";
            }
            if (registered.Person != person)
            {
                return $"The key {person.Key[..16]}… is registered to {registered.Person.Name} " +
                    $"({registered.Person.Role.Name()}), not to {person.Name} ({person.Role.Name()}).";
            }
            return position is long at && registered.IsGoodAt(at)
                ? null
                : $"The key of {person.Name} was not good when it signed.";
        };
    }
}
