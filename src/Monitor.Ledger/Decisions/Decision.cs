using System.Buffers;
using System.Text.Json;
using Monitor.Domain.People;

namespace Monitor.Ledger.Decisions;

/// <summary>
/// One person's yes or no to a sealed entry, signed over bytes that name the entry's number and hash. The body of an entry
/// of kind approval or rejection.
/// </summary>
/// <param name="Entry">Number of the entry decided on.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="IsApproval">Yes or no.</param>
/// <param name="Person">Who signed.</param>
/// <param name="Reason">Why; never empty for a no, may be empty for a yes.</param>
public sealed record Decision(long Entry, string Hash, bool IsApproval, Person Person, string Reason)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonLengthMax = 1000;

    private const string Format = "decision/1";

    /// <summary>The ledger's kind of such a decision.</summary>
    public string Kind => IsApproval ? LedgerKinds.Approval : LedgerKinds.Rejection;

    /// <summary>
    /// The entry's key: a person approves an entry once; an entry is rejected once.
    /// </summary>
    public string LedgerKey => IsApproval ? ApprovalKey(Entry, Person.Key) : $"rejection/{Entry}";

    /// <summary>The key under which a person's approval of an entry is sealed.</summary>
    public static string ApprovalKey(long entry, string fingerprint) => $"approval/{entry}/{fingerprint}";

    /// <summary>The signed body.</summary>
    /// <param name="sign">Signs with the person's key.</param>
    public byte[] Write(Func<byte[], byte[]> sign)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("statement", Format);
            json.WriteString("decision", IsApproval ? "approve" : "reject");
            json.WriteNumber("entry", Entry);
            json.WriteString("hash", Hash);
            json.WriteString("reason", Reason);
            SignedStatement.WriteSigner(json, Person);
            json.WriteEndObject();
        }
        return SignedStatement.Sign(buffer.WrittenSpan.ToArray(), sign);
    }

    /// <summary>Reads an approval or rejection and checks its signature.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="fault">What is wrong, in a sentence; empty where nothing is.</param>
    public static Decision? Read(LedgerEntry entry, out string fault)
    {
        if (SignedStatement.SignerOf(entry.Body.Span, out fault) is not Person person) return null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(entry.Body);
            JsonElement root = json.RootElement;
            bool approves = entry.Kind == LedgerKinds.Approval;
            fault = "It is no decision of this kind.";
            if (root.GetProperty("statement").GetString() != Format) return null;
            if (root.GetProperty("decision").GetString() != (approves ? "approve" : "reject")) return null;
            fault = "";
            return new Decision(
                root.GetProperty("entry").GetInt64(), root.GetProperty("hash").GetString() ?? "", approves, person,
                root.GetProperty("reason").GetString() ?? "");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            fault = $"It is no decision: {e.Message}";
            return null;
        }
    }
}

/// <summary>A decision as it lies in the ledger.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Number">The entry that seals it.</param>
/// <param name="EntryHash">That entry's hash.</param>
public sealed record SealedDecision(Decision Decision, long Number, string EntryHash);
