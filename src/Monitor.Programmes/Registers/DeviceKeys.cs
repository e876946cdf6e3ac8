using System.Text.Json;
using Monitor.Domain.Registry;

namespace Monitor.Programmes.Registers;

/// <summary>Which key an agent's batches had to be signed with, read from register changes.</summary>
public sealed class DeviceKeys
{
    /// <summary>Subject of the changes.</summary>
    public const string Subject = "agent";

    private readonly List<(string Agent, string PublicKey, long From, long? Until)> registrations = [];

    private DeviceKeys() { }

    /// <summary>Reads changes, in the order of their positions.</summary>
    public static DeviceKeys Of(IEnumerable<StoredRecord> changes)
    {
        var keys = new DeviceKeys();
        foreach (StoredRecord record in changes)
        {
            using JsonDocument json = JsonDocument.Parse(record.Body);
            JsonElement body = json.RootElement;
            string id = body.GetProperty("agent").GetString()!;
            if (body.GetProperty("change").GetString() == "registered")
            {
                string key = body.TryGetProperty("publicKey", out JsonElement text) ? text.GetString()! : "";
                keys.registrations.Add((id, key, record.Position, null));
                continue;
            }
            int at = keys.registrations.FindLastIndex(r => r.Agent == id);
            if (at < 0) throw new FormatException($"The change at position {record.Position} revokes no known agent.");
            keys.registrations[at] = keys.registrations[at] with { Until = record.Position };
        }
        return keys;
    }

    /// <summary>
    /// The public key that a batch of an agent had to be signed with: SubjectPublicKeyInfo in base64. Empty where the agent
    /// was registered without one; null where it was not registered.
    /// </summary>
    /// <param name="agent">Agent id.</param>
    /// <param name="position">Position of the batch's first reading.</param>
    public string? At(string agent, long position)
    {
        foreach ((string id, string key, long from, long? until) in registrations)
        {
            if (id == agent && from < position && (until is not long end || position < end)) return key;
        }
        return null;
    }
}
