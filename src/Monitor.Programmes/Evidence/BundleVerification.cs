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
    private readonly Func<SealedPixels, string>? recompute;
    private List<LedgerEntry> entries = [];
    private BundleSubject? subject;
    private LedgerEntry? judged;
    private EvidenceHeader? header;
    private JudgementInputs? inputs;
    private RiverAssessment? assessment;
    private BundleBook? decisions;
    private BundleRegisters? registers;
    private BundleAccount? account;
    private IReadOnlyList<StoredEnvelope> envelopes = [];

    private BundleVerification(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string software, Func<SealedPixels, string>? recompute)
    {
        (this.files, this.software, this.recompute) = (files, software, recompute);
    }

    /// <summary>Verifies the files of a bundle.</summary>
    /// <param name="files">The files by name, as <see cref="EvidenceBundle.Make"/> gives them.</param>
    /// <param name="software">Name and version of the program that verifies: documents of another may be set otherwise.</param>
    /// <param name="recompute">
    /// Computes the sealed figures again from pixels, and says what it found, or throws <see cref="InputException"/> with the
    /// first difference; null takes the scenes from their sealed figures.
    /// </param>
    /// <exception cref="InputException">
    /// Pixels are to be computed again, and the bundle is of nothing that scenes show.
    /// </exception>
    public static BundleReport Run(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string software,
        Func<SealedPixels, string>? recompute = null)
    {
        var run = new BundleVerification(files, software, recompute);
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
        bool isWhole = steps.TrueForAll(s => s.Holds);
        if (isWhole && recompute is not null && !steps.Exists(s => s.Name == Scenes)) throw new InputException(
            $"Entry {run.subject!.Target.Number} does not rest on scenes by itself, so there are no pixels to compute again.",
            "Leave --scenes out, or verify the bundle of a release that scenes show.", field: "--scenes");
        return new BundleReport(steps, run.subject?.Target.Number ?? 0, isWhole ? run.Taken() : []);
    }

    private const string Scenes = "scenes";

    // One after the other: what a bundle is of is known only when its ledger holds.
    private IEnumerable<(string Name, Func<string> Step)> Steps()
    {
        yield return ("files", CheckFiles);
        yield return ("ledger", CheckLedger);
        yield return ("entry", CheckEntry);
        if (judged is not null)
        {
            yield return ("readings", CheckReadings);
            yield return ("devices", () => BundleDevices.Check(envelopes, Registers.Devices));
            yield return ("records", CheckRecords);
            yield return ("judgement", Judge);
            bool isMilestone = SealedTerms.IsMilestone(header!, Kept);
            if (isMilestone && HasScenes && recompute is not null) yield return (Scenes, () => recompute(Pixels()));
            if (!isMilestone) yield return ("revision", () => BundleRevision.Check(Decisions, judged!, inputs!, At));
        }
        if (subject!.Owner is not null)
        {
            yield return ("award", () => BundleReleases.CheckAward(Account));
            yield return ("proposals", () => BundleReleases.CheckProposals(Account));
            yield return ("releases", () => BundleReleases.CheckReleases(Account));
            yield return ("account", () => Account.CheckAccount());
            if (subject.Target.Kind == LedgerKinds.Sale) yield return ("sale", () => BundleSale.Check(Account));
        }
        yield return ("documents", () => BundleDocuments.Check(
            files, entries, subject, assessment, inputs, software, Kept, Decisions,
            subject.Owner is null ? null : Account));
        yield return ("decisions", () => BundleDecisions.Check(Decisions, Registers.Persons, subject.Target));
    }

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
            if (EvidenceBundle.HashIn(name) is string named && named != actual) throw new InputException(
                $"the file was changed: its bytes hash to {actual}, and its name says {named}.", AskAgain, name);
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
        (_, long number, long? rests) = ReadManifest();
        if (At(number) is null) throw new InputException(
            $"the ledger has no entry {number}.", AskAgain, EvidenceBundle.Manifest);
        subject = BundleSubject.Of(number, At, entries.Count);
        judged = subject.Judged;
        if (judged?.Number != rests) throw new InputException(
            $"entry {number} rests on {Assessment(judged?.Number)}, not on {Assessment(rests)}.", AskAgain,
            EvidenceBundle.Manifest);
        if (judged is null)
        {
            string text = subject.DefinitionOf(entries);
            Require(EvidenceBundle.Definition, text, $"the programme that entry {number} or its account names");
            return $"{subject.Target.Kind} {number} of {subject.Owner!.Value.Bank}, by {subject.Owner.Value.Programme}";
        }
        Require(EvidenceBundle.Evidence, judged.Evidence!, $"sealed as the evidence of entry {judged.Number}");
        (header, inputs) = AssessmentEvidence.Read(FileOf(EvidenceBundle.Evidence), EvidenceBundle.Evidence);
        if (header.Position != judged.Position) throw new InputException(
            $"it was read up to position {header.Position}, and entry {judged.Number} says {judged.Position}.", AskAgain,
            EvidenceBundle.Evidence, 1, "position");
        Require(EvidenceBundle.Definition, header.DefinitionSha256, "named by the evidence as the programme");
        bool hasStandard = header.StandardSha256 != header.DefinitionSha256;
        if (hasStandard) Require(EvidenceBundle.Standard, header.StandardSha256, "named by the evidence as the standard");
        return $"{subject.Target.Kind} {number} rests on assessment {judged.Number}: {header.Section}, {header.Period}, " +
            $"by {header.Programme} version {header.Version}, up to position {header.Position}";
    }

    private static string Assessment(long? number) => number is long n ? $"assessment {n}" : "no assessment";

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
        SealedBytes.Require(judged!, judged!.Body.Span, bytes, "the judgement");
        return $"computed again: the same {bytes.Length} bytes as sealed{Words()}";
    }

    private (LedgerHead Head, long Entry, long? Assessment) ReadManifest()
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
                json.GetProperty("entry").GetInt64(),
                json.GetProperty("assessment") is { ValueKind: not JsonValueKind.Null } judgement ? judgement.GetInt64() : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"this is no manifest of a bundle: {e.Message}", AskAgain, EvidenceBundle.Manifest);
        }
    }

    private BundleBook Decisions => decisions ??= new BundleBook(entries, Registers.Registration);

    private BundleRegisters Registers => registers ??= BundleRegisters.Read(files, inputs?.Devices, entries);

    private BundleAccount Account => account ??= new BundleAccount(
        subject!, entries, Decisions, Text, Registers.Registration);

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

    private byte[] Kept(string hash) => Text(hash) is ReadOnlyMemory<byte> text ? text.ToArray() : throw new InputException(
        $"no text of the bundle has the hash {hash}.", AskAgain, EvidenceBundle.Definition);

    // By what is in them: a name proves nothing.
    private ReadOnlyMemory<byte>? Text(string hash)
    {
        foreach ((string name, ReadOnlyMemory<byte> bytes) in files)
        {
            bool isText = name is EvidenceBundle.Definition or EvidenceBundle.Standard
                || name.StartsWith(EvidenceBundle.Definitions, StringComparison.Ordinal);
            if (isText && EvidenceBundle.HashOf(bytes) == hash) return bytes;
        }
        return null;
    }

    // Wells, surveys and years are judged without any.
    private bool HasScenes => inputs is not null
        && inputs.Readings.Any(r => r.Reading.Measurand == Measurands.ClearFraction);

    private SealedPixels Pixels()
    {
        SealedMilestone terms = SealedTerms.Milestone(header!, judged!, Kept);
        return new SealedPixels(terms.Programme, terms.Bank, judged!, inputs!.Readings, inputs.Scenes);
    }

    private List<string> Taken() => BundleTaken.Of(
        subject!, entries, files, assessment is null && HasScenes && recompute is null,
        subject!.Owner is null ? null : Account);

    // What it comes to, for people: the bytes say the rest.
    private string Words()
    {
        if (assessment is null) return MilestoneJudgement.IsPass(judged!.Body) ? ": the milestone is met" : ": it is not met";
        string? index = CanonicalAssessment.Fixed(assessment.Index, assessment.Programme.Index.Digits);
        string? amount = CanonicalAssessment.Plain(assessment.AmountYuan);
        return $": index {index ?? "none"}, {assessment.Direction.Name()}" + (amount is null ? "" : $", {amount} yuan");
    }
}
