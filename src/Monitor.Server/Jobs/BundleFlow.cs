using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Domain;
using Monitor.Ledger;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Registers;
using Monitor.Storage.Evidence;
using Monitor.Storage;

namespace Monitor.Server.Jobs;

/// <summary>Gathers what the other party needs to recompute a judgement.</summary>
/// <param name="ledger">Where the entry is.</param>
/// <param name="record">The batches that the readings came in.</param>
/// <param name="registry">The registers, in the same position sequence.</param>
/// <param name="evidence">What the judgement was made from.</param>
/// <param name="folder">Where documents lie.</param>
public sealed class BundleFlow(
    ILedgerStore ledger, IReadingStore record, IRegistryStore registry, EvidenceStore evidence, DataFolder folder)
{
    /// <summary>The files of the bundle of an entry.</summary>
    /// <param name="number">An assessment, notice, proposal or release.</param>
    /// <exception cref="InputException">There is no such entry, or none that was computed from readings.</exception>
    /// <exception cref="StoreUnusableException">The chain does not hold, or evidence or a document is missing.</exception>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Make(long number)
    {
        LedgerVerdict chain = ledger.Verify();
        if (!chain.Intact) throw new StoreUnusableException($"{chain.Reason} No bundle is made of a broken ledger.");
        // Entries that follow while this runs belong to the next bundle.
        LedgerEntry[] entries = [.. ledger.Entries().TakeWhile(e => e.Number <= chain.Entries)];
        LedgerEntry? At(long n) => n >= 1 && n <= entries.Length ? entries[n - 1] : null;
        LedgerEntry judged = JudgedEntry.Of(number, At, entries.Length);
        byte[] Kept(string hash) => evidence.Find(hash) ?? throw new StoreUnusableException(
            $"The evidence {hash} of entry {judged.Number} is not in the evidence folder. Restore it from a backup.");
        byte[] inputs = Kept(judged.Evidence!);
        (EvidenceHeader header, JudgementInputs then) = AssessmentEvidence.Read(inputs, judged.Evidence!);
        bool hasStandard = header.StandardSha256 != header.DefinitionSha256;
        return EvidenceBundle.Make(new BundleParts(
            At(number)!, judged, entries, inputs, Kept(header.DefinitionSha256),
            hasStandard ? Kept(header.StandardSha256) : null,
            [.. record.Envelopes(SealedTerms.Query(header, judged, Kept))],
            EvidenceBundle.DocumentsOf(entries, judged).ToDictionary(d => d.File, d => Document(d.File, d.Entry)),
            RegisterLines.Agents(registry, then.Readings.Select(r => r.Agent), header.Position),
            // Up to the last signature: who is registered later has signed nothing of this.
            RegisterLines.Persons(registry, entries.Where(e => e.Kind is LedgerKinds.Approval or LedgerKinds.Rejection
                or LedgerKinds.Proposal or LedgerKinds.Assessment).Max(e => e.Position) ?? 0)));
    }

    private ReadOnlyMemory<byte> Document(string file, LedgerEntry entry)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder.Root, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException(
                $"The document {file} of entry {entry.Number} cannot be read: {e.Message} Restore it from a backup.", e);
        }
    }
}
