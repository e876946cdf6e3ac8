using System.Buffers;
using System.Text.Json;
using Monitor.Domain.People;
using Monitor.Ledger;

namespace Monitor.Programmes.Banks;

/// <summary>
/// What one registered person states of a bank, signed: a reservation, a sale, a transfer, a suspension, a lifting or a
/// correction. The body begins with <c>"statement":"sale/1"</c> and the like, and ends with signer and signature. A suspension
/// that two persons decided rests on their signatures instead, see <see cref="BankSuspension.Decided"/>.
/// </summary>
public static class BankStatement
{
    private static readonly string[] Kinds =
    [
        LedgerKinds.Reservation, LedgerKinds.Sale, LedgerKinds.Transfer, LedgerKinds.Suspension, LedgerKinds.Lifting,
        LedgerKinds.Correction,
    ];

    /// <summary>The signed body of an entry.</summary>
    /// <param name="kind">The entry's kind.</param>
    /// <param name="statement">What is stated.</param>
    /// <param name="person">Who states it.</param>
    /// <param name="sign">Signs with that person's key.</param>
    public static byte[] Write<T>(string kind, T statement, Person person, Func<byte[], byte[]> sign) =>
        Sign(Format(kind), statement, person, sign);

    /// <summary>A body that begins with its format and ends with signer and signature.</summary>
    internal static byte[] Sign<T>(string format, T statement, Person person, Func<byte[], byte[]> sign)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (JsonDocument body = JsonDocument.Parse(BankJson.Write(statement)))
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("statement", format);
            foreach (JsonProperty member in body.RootElement.EnumerateObject()) member.WriteTo(json);
            SignedStatement.WriteSigner(json, person);
            json.WriteEndObject();
        }
        return SignedStatement.Sign(buffer.WrittenSpan.ToArray(), sign);
    }

    /// <summary>Programme and bank that an entry states something of; null where it is no such statement.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    public static (string Programme, string Bank)? OwnerOf(LedgerEntry entry)
    {
        if (!Kinds.Contains(entry.Kind)) return null;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        JsonElement root = json.RootElement;
        bool isStatement = root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("statement", out JsonElement format)
            && (format.ValueEquals(Format(entry.Kind)) || (entry.Kind == LedgerKinds.Suspension
                && format.ValueEquals(BankSuspension.Decided)));
        return isStatement
            ? (root.GetProperty("programme").GetString() ?? "", root.GetProperty("bank").GetString() ?? "")
            : null;
    }

    private static string Format(string kind) => $"{kind}/1";
}
