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

/// <summary>Gathers what the other party needs to recompute a judgement, or a movement of a bank's credits.</summary>
/// <param name="ledger">Where the entry is.</param>
/// <param name="record">The batches that the readings came in.</param>
/// <param name="registry">The registers, in the same position sequence.</param>
/// <param name="evidence">What the judgement was made from.</param>
/// <param name="folder">Where documents lie.</param>
public sealed class BundleFlow(
    ILedgerStore ledger, IReadingStore record, IRegistryStore registry, EvidenceStore evidence, DataFolder folder)
{
    /// <summary>The files of the bundle of an entry.</summary>
    /// <param name="number">See <see cref="BundleSubject.Of"/>.</param>
    /// <param name="withFiled">Whether the documents that persons filed are in it; else they are named by their hash.</param>
    /// <exception cref="InputException">There is no such entry, or none that can be computed again.</exception>
    /// <exception cref="StoreUnusableException">The chain does not hold, or evidence or a document is missing.</exception>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Make(long number, bool withFiled = false)
    {
        LedgerVerdict chain = ledger.Verify();
        if (!chain.Intact) throw new StoreUnusableException($"{chain.Reason} No bundle is made of a broken ledger.");
        // Entries that follow while this runs belong to the next bundle.
        LedgerEntry[] entries = [.. ledger.Entries().TakeWhile(e => e.Number <= chain.Entries)];
        var subject = BundleSubject.Of(number, n => n >= 1 && n <= entries.Length ? entries[n - 1] : null, entries.Length);
        (string definition, BundleJudgement? judgement) = subject.Judged is LedgerEntry judged
            ? Judgement(judged)
            : (subject.DefinitionOf(entries), null);
        return EvidenceBundle.Make(new BundleParts(
            subject, entries, judgement, Kept(definition, number),
            subject.Definitions(entries).Where(h => h != definition).ToDictionary(h => h, h => Bytes(Kept(h, number))),
            subject.Documents(entries).ToDictionary(d => d.File, d => Document(d.File, d.Entry)),
            withFiled
                ? subject.Filed(entries).DistinctBy(f => f.Sha256)
                    .ToDictionary(f => f.Sha256, f => Bytes(Kept(f.Sha256, f.Entry.Number)))
                : new Dictionary<string, ReadOnlyMemory<byte>>(),
            // Up to the last signature: who is registered later has signed nothing of this.
            RegisterLines.Persons(registry, entries.Max(e => e.Position) ?? 0)));
    }

    private (string Definition, BundleJudgement Judgement) Judgement(LedgerEntry judged)
    {
        byte[] Text(string hash) => Kept(hash, judged.Number);
        byte[] inputs = Text(judged.Evidence!);
        (EvidenceHeader header, JudgementInputs then) = AssessmentEvidence.Read(inputs, judged.Evidence!);
        bool hasStandard = header.StandardSha256 != header.DefinitionSha256;
        return (header.DefinitionSha256, new BundleJudgement(
            inputs, hasStandard ? Text(header.StandardSha256) : null,
            [.. record.Envelopes(SealedTerms.Query(header, judged, Text))],
            RegisterLines.Agents(registry, then.Readings.Select(r => r.Agent), header.Position)));
    }

    private byte[] Kept(string hash, long entry) => evidence.Find(hash) ?? throw new StoreUnusableException(
        $"The evidence {hash} of entry {entry} is not in the evidence folder. Restore it from a backup.");

    private static ReadOnlyMemory<byte> Bytes(byte[] bytes) => bytes;

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
