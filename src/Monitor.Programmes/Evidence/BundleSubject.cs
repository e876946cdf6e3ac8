using System.Text.Json;
using Monitor.Domain;
using Monitor.Ledger;
using Monitor.Programmes.Banks;

namespace Monitor.Programmes.Evidence;

/// <summary>What a bundle is of, and which parts of the ledger it rests on.</summary>
/// <param name="Target">The entry that the bundle is of.</param>
/// <param name="Judged">The judgement from readings that it is or rests on; null where there is none.</param>
/// <param name="Owner">Programme and bank whose account it belongs to; null of a river's and of a mere judgement.</param>
/// <param name="Definition">SHA-256 of the programme's text that the entry names; null where its judgement does.</param>
public sealed record BundleSubject(
    LedgerEntry Target, LedgerEntry? Judged, (string Programme, string Bank)? Owner, string? Definition)
{
    /// <summary>The subject of an entry.</summary>
    /// <param name="number">
    /// A judgement or what rests on one; or an award, a release, a sale, another movement of a bank's credits, or what was
    /// proposed or filed for them.
    /// </param>
    /// <param name="at">Finds entries by number.</param>
    /// <param name="entries">How many entries the ledger has.</param>
    /// <exception cref="InputException">There is no such entry, or it is none that can be computed again.</exception>
    public static BundleSubject Of(long number, Func<long, LedgerEntry?> at, long entries)
    {
        LedgerEntry target = at(number) ?? throw new InputException(
            $"The ledger has no entry {number}.", $"It has 1 to {entries}.", field: "ENTRY");
        if (OwnerOf(target) is not (string, string) owner)
        {
            return new BundleSubject(target, JudgedEntry.Of(number, at, entries), null, null);
        }
        LedgerEntry? judged = JudgedEntry.RestsOn(target) is long shown && at(shown) is LedgerEntry entry
            && JudgedEntry.IsComputed(entry) ? entry : null;
        return new BundleSubject(target, judged, owner, DefinitionOf(target));
    }

    /// <summary>Programme and bank of an entry of a bank's account; null of any other.</summary>
    /// <exception cref="JsonException">It is of another shape than its kind.</exception>
    internal static (string Programme, string Bank)? OwnerOf(LedgerEntry entry)
    {
        if (BankStatement.OwnerOf(entry) is (string, string) stated) return stated;
        switch (entry.Kind)
        {
            case LedgerKinds.Award:
                CreditAward award = CreditAward.Read(entry);
                return (award.Programme, award.Bank);
            case LedgerKinds.Release:
                CreditRelease release = CreditRelease.Read(entry);
                return (release.Programme, release.Bank);
            case LedgerKinds.Proposal when BankProposal.Read(entry) is BankProposal proposal:
                return (proposal.Programme, proposal.Bank);
            case LedgerKinds.Proposal when TriggerProposal.Read(entry) is TriggerProposal trigger:
                return (trigger.Programme, trigger.Bank);
            case LedgerKinds.Proposal when AreaException.Read(entry) is AreaException exception:
                return (exception.Programme, exception.Bank);
            case LedgerKinds.Assessment when JudgedEntry.IsFiling(entry):
                using (JsonDocument json = JsonDocument.Parse(entry.Body))
                {
                    return (
                        json.RootElement.GetProperty("programme").GetString() ?? "",
                        json.RootElement.GetProperty("bank").GetString() ?? "");
                }
            default:
                return null;
        }
    }

    /// <summary>SHA-256 of the programme's text that an entry of a bank names; null where it names none.</summary>
    internal static string? DefinitionOf(LedgerEntry entry)
    {
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        return json.RootElement.TryGetProperty("definition", out JsonElement named) ? named.GetString() : null;
    }

    /// <summary>Every text that the account's entries up to and with the target name, in ledger order, each once.</summary>
    public IEnumerable<string> Definitions(IEnumerable<LedgerEntry> ledger) => Owner is null
        ? []
        : Account(ledger).Select(DefinitionOf).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Documents with their hashes: the target's own, those of the releases that a sale rests on.</summary>
    public IEnumerable<(LedgerEntry Entry, string File, string Sha256)> Documents(IReadOnlyList<LedgerEntry> ledger)
    {
        if (Owner is null || Judged is not null) return EvidenceBundle.DocumentsOf(ledger, Judged!);
        // What follows the target is no part of it, except what a proposal led to: its certificate.
        long? shown = JudgedEntry.RestsOn(Target);
        return from entry in Account(ledger, isWhole: true)
            let isBefore = entry.Number <= Target.Number && Target.Kind == LedgerKinds.Sale
            where entry.Number == Target.Number ? entry.Kind is LedgerKinds.Release or LedgerKinds.Sale
                : entry.Kind == LedgerKinds.Release
                    && (isBefore || (shown is not null && JudgedEntry.RestsOn(entry) == shown))
            select EvidenceBundle.DocumentOf(entry);
    }

    /// <summary>The text that the terms are read from: the target's own, else the newest that its account names.</summary>
    /// <exception cref="InputException">Nothing of the account names one.</exception>
    public string DefinitionOf(IReadOnlyList<LedgerEntry> ledger) => Definition ?? Definitions(ledger).LastOrDefault()
        ?? Account(ledger, isWhole: true).Select(DefinitionOf).OfType<string>().FirstOrDefault()
        ?? throw new InputException(
            $"Entry {Target.Number} names no text of a programme.", "Name an award, a release or a sale.", field: "ENTRY");

    /// <summary>Name and SHA-256 of each document that was filed or named as a ground, up to and with the target.</summary>
    public IEnumerable<(LedgerEntry Entry, string Name, string Sha256)> Filed(IEnumerable<LedgerEntry> ledger)
    {
        foreach (LedgerEntry entry in Owner is null ? [] : Account(ledger))
        {
            using JsonDocument json = JsonDocument.Parse(entry.Body);
            JsonElement body = json.RootElement;
            if (!body.TryGetProperty("document", out JsonElement document)) continue;
            yield return document.ValueKind == JsonValueKind.Object
                ? (entry, document.GetProperty("name").GetString()!, document.GetProperty("sha256").GetString()!)
                : (entry, document.GetString()!, body.GetProperty("documentSha256").GetString()!);
        }
    }

    /// <summary>The account's entries up to and with the target, in ledger order.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="isWhole">Whether those after the target too.</param>
    internal IEnumerable<LedgerEntry> Account(IEnumerable<LedgerEntry> ledger, bool isWhole = false) =>
        ledger.Where(e => (isWhole || e.Number <= Target.Number) && OwnerOf(e) == Owner);
}
