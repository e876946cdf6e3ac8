using System.Text.Json;
using Monitor.Domain.People;

namespace Monitor.Ledger.Decisions;

/// <summary>
/// Reads the ledger as decisions: what waits for two persons, who said what, and what came of it. An entry that breaks a
/// rule is told and counts for nothing, so that a forged approval never releases anything.
/// </summary>
/// <param name="registration">
/// Why a signer did not count as that person at a position of the record; null where the key was registered to that name
/// and role, and not revoked. Where the whole function is null, registration is not asked (as when only the ledger is at
/// hand).
/// </param>
public sealed class DecisionBook(Func<Person, long?, string?>? registration = null)
{
    private readonly SortedDictionary<long, DecisionCase> cases = [];

    /// <summary>Every entry that two persons decide, in ledger order.</summary>
    public IEnumerable<DecisionCase> Cases => cases.Values;

    /// <summary>The case of an entry; null where the entry is not one that is decided.</summary>
    public DecisionCase? Find(long entry) => cases.GetValueOrDefault(entry);

    /// <summary>Reads a whole ledger; faults are left to an audit.</summary>
    public static DecisionBook Of(IEnumerable<LedgerEntry> entries, Func<Person, long?, string?>? registration = null)
    {
        var book = new DecisionBook(registration);
        foreach (LedgerEntry entry in entries) _ = book.Add(entry);
        return book;
    }

    /// <summary>Takes the next entry.</summary>
    /// <returns>What is wrong with it, in a sentence; null where nothing is.</returns>
    public string? Add(LedgerEntry entry)
    {
        if (entry.Kind is LedgerKinds.Approval or LedgerKinds.Rejection) return AddDecision(entry);
        bool concerns = entry.Kind is LedgerKinds.Proposal or LedgerKinds.Notice or LedgerKinds.Release or LedgerKinds.Award
            or LedgerKinds.DefinitionAdopted or LedgerKinds.Sale or LedgerKinds.Suspension;
        if (!concerns) return null;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        JsonElement body = json.RootElement;
        // A sale rests on a decision only where it needed an exception, a suspension where one person did not order it.
        bool isOwn = entry.Kind == LedgerKinds.Sale
            || (entry.Kind == LedgerKinds.Suspension && Object(body, "signer") is not null);
        if (isOwn && Number(body, "completes") is null) return null;
        if (body.ValueKind != JsonValueKind.Object) return $"Entry {entry.Number} holds no {entry.Kind}.";
        bool isDraft = entry.Kind == LedgerKinds.Proposal || Text(body, "status") == "draft";
        if (!isDraft) return AddResult(entry, body);
        JsonElement preparer = Object(body, "preparer") ?? Object(body, "signer") ?? default;
        cases[entry.Number] = new DecisionCase(
            entry.Number, entry.Hash, entry.Kind, Text(preparer, "person"), Text(preparer, "key"))
        {
            PartPreparers = PartPreparers(body),
        };
        return Object(body, "revision") is JsonElement revision && Number(revision, "replaces") is long former
            ? Replace(entry, former)
            : null;
    }

    // A draft on later data: the former one, which nobody had decided, is decided no more.
    private string? Replace(LedgerEntry entry, long former)
    {
        if (Find(former) is not DecisionCase { IsOpen: true } open || open.Kind != entry.Kind || former == entry.Number)
        {
            return $"Entry {entry.Number} takes the place of entry {former}, which is no open draft.";
        }
        cases[former] = open with { ReplacedBy = entry.Number };
        return null;
    }

    private string? AddDecision(LedgerEntry entry)
    {
        if (Decision.Read(entry, out string fault) is not Decision decision) return $"Entry {entry.Number}: {fault}";
        if (Find(decision.Entry) is not DecisionCase found)
        {
            return $"Entry {entry.Number} decides on entry {decision.Entry}, which is none that is decided.";
        }
        if (found.Hash != decision.Hash)
        {
            return $"Entry {entry.Number} was signed for an entry {decision.Entry} with the hash {decision.Hash}, " +
                $"and that entry's hash is {found.Hash}.";
        }
        if (registration?.Invoke(decision.Person, entry.Position) is string stranger) return $"Entry {entry.Number}: {stranger}";
        if (found.FaultOf(decision.Person, decision.IsApproval) is DecisionFault rule)
        {
            return $"Entry {entry.Number} breaks the four-eyes rule: {rule.Fault}";
        }
        if (!decision.IsApproval && decision.Reason.Length == 0) return $"Entry {entry.Number} rejects without a reason.";
        var made = new SealedDecision(decision, entry.Number, entry.Hash);
        cases[decision.Entry] = decision.IsApproval
            ? found with { Approvals = [.. found.Approvals, made] }
            : found with { Rejection = made };
        return null;
    }

    private string? AddResult(LedgerEntry entry, JsonElement body)
    {
        if (Number(body, "completes") is not long on || Find(on) is not DecisionCase found)
        {
            return $"Entry {entry.Number} is a {entry.Kind} that no decision led to.";
        }
        if (Text(body, "completesHash") != found.Hash) return $"Entry {entry.Number} names another hash of entry {on}.";
        if (!found.IsApproved) return $"Entry {entry.Number} rests on entry {on}, which two persons have not approved.";
        if (found.Result is long former) return $"Entry {entry.Number} completes entry {on}, as entry {former} did already.";
        cases[on] = found with { Result = entry.Number };
        return null;
    }

    private static List<CasePreparer> PartPreparers(JsonElement body) =>
        body.TryGetProperty("preparers", out JsonElement all) && all.ValueKind == JsonValueKind.Array
            ? [.. all.EnumerateArray().Select(p => new CasePreparer(Text(p, "person"), Text(p, "key")))]
            : [];

    private static JsonElement? Object(JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out JsonElement value)
            && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out JsonElement value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out long number) ? number : null;
}
