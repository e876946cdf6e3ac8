using System.Text;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Records;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Evidence;

/// <summary>
/// Recomputes a judgement from a bundle alone, step by step, and stops at the first that does not hold. Pure: it knows no
/// store, no clock and no network, and believes nothing that it can compute.
/// </summary>
public sealed class BundleVerification
{
    private const string AskAgain = "Ask for the bundle again.";

    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files;
    private readonly string software;
    private List<LedgerEntry> entries = [];
    private LedgerEntry? target;
    private LedgerEntry? judged;
    private EvidenceHeader? header;
    private JudgementInputs? inputs;
    private RiverAssessment? assessment;
    private BundleBook? decisions;
    private BundleRegisters? registers;
    private IReadOnlyList<StoredEnvelope> envelopes = [];

    private BundleVerification(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string software)
    {
        (this.files, this.software) = (files, software);
    }

    /// <summary>Verifies the files of a bundle.</summary>
    /// <param name="files">The files by name, as <see cref="EvidenceBundle.Make"/> gives them.</param>
    /// <param name="software">Name and version of the program that verifies: documents of another may be set otherwise.</param>
    public static BundleReport Run(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string software)
    {
        var run = new BundleVerification(files, software);
        List<BundleStep> steps = [];
        foreach ((string name, Func<string> step) in run.Steps())
        {
            try
            {
                steps.Add(new BundleStep(name, Holds: true, step()));
            }
            catch (InputException difference)
            {
                steps.Add(new BundleStep(name, Holds: false, difference.Message));
                break;
            }
            catch (Exception shape) when (shape is JsonException or KeyNotFoundException or InvalidOperationException
                or FormatException or ArgumentException)
            {
                // The hashes hold and yet an entry is not what its kind says: made by another program, or made up.
                steps.Add(new BundleStep(name, Holds: false, $"An entry is of another shape than its kind: {shape.Message}"));
                break;
            }
        }
        return new BundleReport(steps, run.target?.Number ?? 0);
    }

    private IEnumerable<(string Name, Func<string> Step)> Steps() =>
    [
        ("files", CheckFiles), ("ledger", CheckLedger), ("entry", CheckEntry), ("readings", CheckReadings),
        ("devices", () => BundleDevices.Check(envelopes, Registers.Devices)),
        ("records", CheckRecords), ("judgement", Judge),
        ("revision", () => BundleRevision.Check(Decisions, judged!, inputs!, At)),
        ("documents", () => BundleDocuments.Check(files, entries, judged!, assessment, software, Kept, Decisions)),
        ("decisions", () => BundleDecisions.Check(Decisions, Registers.Persons, target!)),
    ];

    private string CheckFiles()
    {
        Dictionary<string, string> sums = new(StringComparer.Ordinal);
        int number = 0;
        foreach (ReadOnlyMemory<byte> line in TextLines.Of(FileOf(EvidenceBundle.Sums), EvidenceBundle.Sums))
        {
            number++;
            string text = Encoding.UTF8.GetString(line.Span);
            int gap = text.IndexOf("  ", StringComparison.Ordinal);
            if (gap < 0 || !sums.TryAdd(text[(gap + 2)..], text[..gap]))
            {
                throw new InputException("this is no line of a file and its hash.", AskAgain, EvidenceBundle.Sums, number);
            }
        }
        foreach ((string name, string wanted) in sums)
        {
            if (!files.TryGetValue(name, out ReadOnlyMemory<byte> bytes)) throw new InputException(
                $"{EvidenceBundle.Sums} names this file, and the bundle has it not.", AskAgain, name);
            string actual = EvidenceBundle.HashOf(bytes);
            if (actual != wanted) throw new InputException(
                $"the file was changed: its bytes hash to {actual}, and {EvidenceBundle.Sums} says {wanted}.", AskAgain, name);
        }
        string? stranger = files.Keys.FirstOrDefault(f => f != EvidenceBundle.Sums && !sums.ContainsKey(f));
        if (stranger is not null) throw new InputException(
            $"{EvidenceBundle.Sums} does not name this file.", AskAgain, stranger);
        return $"{sums.Count} files have the hashes that {EvidenceBundle.Sums} names";
    }

    private string CheckLedger()
    {
        (LedgerHead head, _, _) = ReadManifest();
        List<StoredLedgerLine> lines = [];
        foreach (ReadOnlyMemory<byte> line in TextLines.Of(FileOf(EvidenceBundle.Ledger), EvidenceBundle.Ledger))
        {
            lines.Add(new StoredLedgerLine(lines.Count + 1, line, EvidenceBundle.HashOf(line)));
        }
        LedgerVerdict verdict = LedgerChain.Verify(lines, head);
        if (!verdict.Intact) throw new InputException(
            verdict.Reason, AskAgain, EvidenceBundle.Ledger, (int)(verdict.BrokenAt ?? 0));
        entries = [.. lines.Select(l => LedgerChain.TryParse(l.Bytes, out LedgerEntry? entry, out _) ? entry : null!)];
        return $"entries 1 to {verdict.Entries} follow each other; the last has the hash {verdict.Hash}";
    }

    private string CheckEntry()
    {
        (_, long number, long rests) = ReadManifest();
        target = At(number) ?? throw new InputException($"the ledger has no entry {number}.", AskAgain, EvidenceBundle.Manifest);
        judged = JudgedEntry.Of(number, At, entries.Count);
        if (judged.Number != rests) throw new InputException(
            $"entry {number} rests on assessment {judged.Number}, not on {rests}.", AskAgain, EvidenceBundle.Manifest);
        Require(EvidenceBundle.Evidence, judged.Evidence!, $"sealed as the evidence of entry {judged.Number}");
        (header, inputs) = AssessmentEvidence.Read(FileOf(EvidenceBundle.Evidence), EvidenceBundle.Evidence);
        if (header.Position != judged.Position) throw new InputException(
            $"it was read up to position {header.Position}, and entry {judged.Number} says {judged.Position}.", AskAgain,
            EvidenceBundle.Evidence, 1, "position");
        Require(EvidenceBundle.Definition, header.DefinitionSha256, "named by the evidence as the programme");
        bool hasStandard = header.StandardSha256 != header.DefinitionSha256;
        if (hasStandard) Require(EvidenceBundle.Standard, header.StandardSha256, "named by the evidence as the standard");
        return $"{target.Kind} {target.Number} rests on assessment {judged.Number}: {header.Section}, {header.Period}, " +
            $"by {header.Programme} version {header.Version}, up to position {header.Position}";
    }

    private string CheckReadings()
    {
        envelopes = EnvelopeLines.Read(FileOf(EvidenceBundle.Envelopes), EvidenceBundle.Envelopes);
        return BundleReadings.Check(inputs!, envelopes, SealedTerms.Query(header!, judged!, Kept));
    }

    private string CheckRecords()
    {
        int reviews = 0, others = 0;
        for (int i = 0; i < inputs!.Records.Count; i++)
        {
            StoredRecord record = inputs.Records[i];
            try
            {
                // Reading one checks its signature.
                _ = record.Kind switch
                {
                    RecordKind.Review => (object)Review.Read(record),
                    RecordKind.Calibration => Calibration.Read(record),
                    _ => Suspension.Read(record),
                };
            }
            catch (InputException fault)
            {
                throw new InputException(fault.Fault, AskAgain, EvidenceBundle.Evidence, i + 2);
            }
            if (record.Kind == RecordKind.Review) reviews++;
            else others++;
        }
        return $"{reviews} reviews and {others} suspensions, liftings or checks of instruments, "
            + "each signed by the person it names";
    }

    private string Judge()
    {
        byte[] bytes;
        if (SealedTerms.IsMilestone(header!, Kept))
        {
            bytes = SealedTerms.Milestone(header!, judged!, Kept).Judge(
                judged!, inputs!, entries.TakeWhile(e => e.Number < judged!.Number));
        }
        else
        {
            SealedRiver terms = SealedTerms.River(header!, Kept);
            assessment = RiverJudgement.Assess(terms.Programme, terms.Section, terms.Period, inputs!);
            bytes = CanonicalAssessment.Write(assessment);
        }
        ReadOnlySpan<byte> sealedBytes = judged!.Body.Span;
        if (sealedBytes.SequenceEqual(bytes))
        {
            return $"computed again: the same {bytes.Length} bytes as sealed{Words()}";
        }
        int at = sealedBytes.CommonPrefixLength(bytes);
        throw new InputException(
            $"computed again, the judgement differs from byte {at + 1} on: sealed “{Near(sealedBytes, at)}”, " +
            $"computed “{Near(bytes, at)}”.", "Ask the other party for its reasons.", EvidenceBundle.Ledger, (int)judged.Number);
    }

    private (LedgerHead Head, long Entry, long Assessment) ReadManifest()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(FileOf(EvidenceBundle.Manifest));
            JsonElement json = document.RootElement;
            string? format = json.GetProperty("bundle").GetString();
            if (format != EvidenceBundle.Format) throw new FormatException($"'{format}' is not {EvidenceBundle.Format}.");
            JsonElement head = json.GetProperty("ledger");
            return (
                new LedgerHead(head.GetProperty("entries").GetInt64(), head.GetProperty("hash").GetString() ?? ""),
                json.GetProperty("entry").GetInt64(), json.GetProperty("assessment").GetInt64());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"this is no manifest of a bundle: {e.Message}", AskAgain, EvidenceBundle.Manifest);
        }
    }

    private BundleBook Decisions => decisions ??= new BundleBook(entries, Registers.Registration);

    private BundleRegisters Registers => registers ??= BundleRegisters.Read(files, inputs!.Devices, entries);

    private LedgerEntry? At(long number) => number >= 1 && number <= entries.Count ? entries[(int)number - 1] : null;

    private ReadOnlyMemory<byte> FileOf(string name) => files.TryGetValue(name, out ReadOnlyMemory<byte> bytes)
        ? bytes
        : throw new InputException("the bundle has no such file.", AskAgain, name);

    private void Require(string name, string wanted, string why)
    {
        string actual = EvidenceBundle.HashOf(FileOf(name));
        if (actual != wanted) throw new InputException(
            $"its bytes hash to {actual}, and {wanted} is {why}.", AskAgain, name);
    }

    private byte[] Kept(string hash)
    {
        foreach (string name in new[] { EvidenceBundle.Definition, EvidenceBundle.Standard })
        {
            if (files.TryGetValue(name, out ReadOnlyMemory<byte> bytes) && EvidenceBundle.HashOf(bytes) == hash)
            {
                return bytes.ToArray();
            }
        }
        throw new InputException($"no text of the bundle has the hash {hash}.", AskAgain, EvidenceBundle.Definition);
    }

    // What it comes to, for people: the bytes say the rest.
    private string Words()
    {
        if (assessment is null) return MilestoneJudgement.IsPass(judged!.Body) ? ": the milestone is met" : ": it is not met";
        string? index = CanonicalAssessment.Fixed(assessment.Index, assessment.Programme.Index.Digits);
        string? amount = CanonicalAssessment.Plain(assessment.AmountYuan);
        return $": index {index ?? "none"}, {assessment.Direction.Name()}" + (amount is null ? "" : $", {amount} yuan");
    }

    private const int ShownNear = 60;

    private static string Near(ReadOnlySpan<byte> bytes, int at) =>
        Encoding.UTF8.GetString(bytes[at..Math.Min(bytes.Length, at + ShownNear)]);
}
