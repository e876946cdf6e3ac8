using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;

namespace Monitor.Server.People;

/// <summary>
/// Which agents may publish, and for which sections: registry changes in the record, so that its position says for ever
/// which key a batch had to be signed with. An id may be registered again after it was revoked.
/// </summary>
/// <param name="records">The record's registry.</param>
/// <param name="clock">Gives the time of a change.</param>
public sealed class AgentRegister(IRegistryStore records, TimeProvider clock)
{
    /// <summary>Most sections of one agent.</summary>
    public const int SectionsMax = 100;

    private const string Subject = "agent";

    /// <summary>All registrations ever made, in their order.</summary>
    public IReadOnlyList<RegisteredAgent> All() => Read(Subject);

    /// <summary>The newest registration of an id, also where revoked; null where there is none.</summary>
    public RegisteredAgent? Find(string id)
    {
        List<RegisteredAgent> all = Read($"{Subject}/{id}");
        return all.Count == 0 ? null : all[^1];
    }

    /// <summary>Refuses what cannot be registered now.</summary>
    /// <exception cref="InputException">An id is none, or the agent is registered and good.</exception>
    public void RequireFree(string id, IReadOnlyList<string> sections)
    {
        RequireId(id, "ID");
        foreach (string section in sections) RequireId(section, "--section");
        if (sections.Count is 0 or > SectionsMax) throw new InputException(
            $"{sections.Count} sections are named.", $"Name 1 to {SectionsMax}.", field: "--section");
        if (Find(id) is { RevokedPosition: null } other) throw new InputException(
            $"The agent {id} is registered already, for {string.Join(", ", other.Sections)}.",
            $"Revoke it first: `agent revoke {id} --reason TEXT`.", field: "ID");
    }

    /// <summary>Registers an agent.</summary>
    /// <param name="id">Agent id.</param>
    /// <param name="sections">Sections that it may write for.</param>
    /// <param name="passwordHash">From <see cref="AgentPassword.Hash"/>.</param>
    /// <param name="publicKey">SubjectPublicKeyInfo in base64; empty where it need not sign.</param>
    /// <exception cref="InputException">See <see cref="RequireFree"/>.</exception>
    public void Add(string id, IReadOnlyList<string> sections, string passwordHash, string publicKey)
    {
        RequireFree(id, sections);
        Append(id, "registered", json =>
        {
            json.WriteStartArray("sections");
            foreach (string section in sections.Distinct(StringComparer.Ordinal)) json.WriteStringValue(section);
            json.WriteEndArray();
            json.WriteString("password", passwordHash);
            if (publicKey.Length > 0) json.WriteString("publicKey", publicKey);
        });
    }

    /// <summary>Revokes an agent: it is not let in again, and a running service ends its connection.</summary>
    /// <exception cref="InputException">No good agent has the id.</exception>
    public void Revoke(string id, string reason)
    {
        if (Find(id) is not { RevokedPosition: null }) throw new InputException(
            $"No good agent is called '{id}'.", "`agent list` names all.", field: "ID");
        Append(id, "revoked", json => json.WriteString("reason", reason));
    }

    private static void RequireId(string id, string field)
    {
        if (!Identifier.IsValid(id)) throw new InputException(
            $"'{id}' is no id.", $"Use 1 to {Identifier.LengthMax} of A-Z a-z 0-9 _ -.", field: field);
    }

    private List<RegisteredAgent> Read(string subject)
    {
        List<RegisteredAgent> agents = [];
        foreach (StoredRecord record in records.Read(new RecordQuery { Kind = RecordKind.Registry, Subject = subject }))
        {
            using JsonDocument json = JsonDocument.Parse(record.Body);
            JsonElement body = json.RootElement;
            string id = body.GetProperty("agent").GetString()!;
            if (body.GetProperty("change").GetString() == "registered")
            {
                agents.Add(new RegisteredAgent(
                    id, [.. body.GetProperty("sections").EnumerateArray().Select(s => s.GetString()!)],
                    body.GetProperty("password").GetString()!,
                    body.TryGetProperty("publicKey", out JsonElement key) ? key.GetString()! : "",
                    record.Position, record.RecordedAt));
                continue;
            }
            int at = agents.FindLastIndex(a => a.Id == id);
            agents[at] = agents[at] with
            {
                RevokedPosition = record.Position,
                RevokedWhy = body.GetProperty("reason").GetString()!,
            };
        }
        return agents;
    }

    private void Append(string id, string change, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("change", change);
            json.WriteString("agent", id);
            members(json);
            json.WriteEndObject();
        }
        // Numbered by what came before: two programs that register the same id at once conflict instead of both winning.
        int former = records.Read(new RecordQuery { Kind = RecordKind.Registry, Subject = $"{Subject}/{id}" }).Count;
        string key = string.Create(CultureInfo.InvariantCulture, $"{Subject}/{id}/{former + 1}");
        try
        {
            records.Append(
                new RecordDraft(RecordKind.Registry, $"{Subject}/{id}", key, buffer.WrittenMemory.ToArray()),
                Instant.From(clock.GetUtcNow()));
        }
        catch (RecordKeyConflictException e)
        {
            throw new InputException(
                $"The agent {id} was changed by another program meanwhile ({e.Message})", "Look with `agent list`.", field: "ID");
        }
    }
}
