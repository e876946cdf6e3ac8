using System.Text.Json;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Api;

/// <summary>Something that two persons decide, with all that they decide on.</summary>
/// <remarks>
/// <c>Hash</c>: Of the entry.
/// <c>DocumentSha256</c>: What is decided on, as it is now: the draft's document; where there is none, the entry itself. To be
/// sent back with the decision. Null where the document is missing.
/// <c>Document</c>: Its address; null where there is none.
/// <c>IsWhole</c>: Whether every piece of evidence, the document included, has the hash that was sealed.
/// <c>IsComputed</c>: Whether the judgement can be recomputed from readings: <c>/api/v1/ledger/{n}/replay</c>.
/// <c>Assessment</c>: The entry it rests on; null for an award.
/// <c>Words</c>: The amount in Chinese capital figures; null where nobody pays.
/// <c>Waits</c>: What an approved release waits for, in a sentence.
/// </remarks>
internal sealed record ProposalAnswer(
    ProposalItem Proposal, string Hash, string Previous, string? DocumentSha256, string? Document, bool IsWhole,
    bool IsComputed, long? Assessment, string? Words, string? Waits, BilingualName? Caution, ProposalGrounds? Grounds,
    ProposalChanges? Changes, IReadOnlyList<EvidenceAnswer> Evidence);

/// <summary>Why it is proposed, as it was sealed.</summary>
/// <remarks>
/// <c>Bands</c>, <c>Terms</c>, <c>BandRow</c>, <c>Reasons</c>: Of a notice; empty or null otherwise.
/// <c>Outcome</c>, <c>Cover</c>, <c>ClearFraction</c>, <c>AtLeast</c>, <c>Scene</c>: Of a release that a scene shows; decimals
/// as they were compared.
/// <c>Lines</c>: Of a release: requirement against measured, as the certificate will print it; times are the programme's.
/// </remarks>
internal sealed record ProposalGrounds(
    string? Class, string? TargetClass, string Programme, string Version, string? BandRow, IReadOnlyList<BandSpan> Bands,
    IReadOnlyList<IndexTermAnswer> Terms, IReadOnlyList<string> Reasons, string? Outcome, CoverText? Cover,
    string? ClearFraction, string? AtLeast, string? Scene, IReadOnlyList<MilestoneLine> Lines);

/// <summary>Cover with its error band, as it was compared.</summary>
internal sealed record CoverText(string? Low, string? Central, string? High);

/// <summary>What came into the record after the judgement was sealed and concerns its section and period.</summary>
internal sealed record ProposalChanges(long Position, int Readings, int Records);

/// <summary>Reads what one proposal's page shows.</summary>
internal sealed class ProposalReader(
    ProgrammeShelf shelf, IReadingStore record, IRegistryStore registry, EvidenceStore evidence, DataFolder folder,
    DecisionDesk desk)
{
    internal ProposalAnswer Read(DecisionCase decided, LedgerView view, Person? asker)
    {
        LedgerEntry entry = view.At(decided.Entry)!;
        ProposalItem item = ProposalItem.Of(decided, view, shelf, asker);
        IReadOnlyList<EvidenceAnswer> rows = new ProposalEvidence(evidence, folder, view).Of(entry);
        SealedNotice? notice = entry.Kind == LedgerKinds.Notice ? SealedNotice.Read(entry) : null;
        long? assessment = notice?.Assessment ?? BankProposal.Read(entry)?.Assessment;
        LedgerEntry? judged = assessment is long number ? view.At(number) : null;
        bool isComputed = judged is { Evidence: not null } && !ProposalEvidence.IsFiled(judged);
        return new ProposalAnswer(
            item, entry.Hash, entry.Previous, DecidedOn(entry, folder), notice is null ? null : "/" + notice.File,
            rows.All(r => r.IsSame), isComputed, assessment, WordsOf(item.Amount),
            item is { State: "approved" } ? desk.WaitsFor(decided) : null,
            notice?.Caution is Bilingual caution ? BilingualName.Of(caution) : null,
            GroundsOf(judged, view), notice is null ? null : ChangesOf(notice, judged), rows);
    }

    /// <summary>The hash of what is decided on: the draft's document as it lies there now, else the entry itself.</summary>
    internal static string? DecidedOn(LedgerEntry entry, DataFolder folder) => entry.Kind == LedgerKinds.Notice
        ? ProposalEvidence.HashOf(folder, SealedNotice.Read(entry).File)
        : entry.Hash;

    private static string? WordsOf(string? amount) =>
        amount is null or "0" ? null : ChineseAmount.Write(CreditAward.Number(amount));

    // A filing says nothing by itself, unless it is a survey or accepts a judgement.
    private ProposalGrounds? GroundsOf(LedgerEntry? judged, LedgerView view)
    {
        if (judged is not null && JudgedParts.ReviewedBy(judged) is long reviewed) judged = view.At(reviewed);
        bool says = judged is not null
            && (!ProposalEvidence.IsFiled(judged) || MilestoneJudgement.OutcomeOf(judged.Body) is not null);
        if (!says) return null;
        using JsonDocument json = JsonDocument.Parse(judged!.Body);
        JsonElement root = json.RootElement;
        RiverProgramme? river = Text(root, "section") is string id
            ? shelf.Rivers.FirstOrDefault(p => p.FindSection(id) is not null)
            : null;
        return new ProposalGrounds(
            Text(root, "class"), Text(root, "targetClass"), Text(root, "programme") ?? "", Text(root, "version") ?? "",
            Text(root, "bandRow"),
            river is null ? [] : BandSpan.Of(river, river.FindSection(Text(root, "section")!)!),
            SectionAnswers.CompositionOf(root),
            root.TryGetProperty("reasons", out JsonElement why) ? [.. why.EnumerateArray().Select(r => r.GetString()!)] : [],
            Text(root, "outcome"),
            root.TryGetProperty("cover", out JsonElement cover)
                ? new CoverText(Text(cover, "low"), Text(cover, "central"), Text(cover, "high"))
                : null,
            Text(root, "clearFraction"), Text(root, "atLeast"), Text(root, "scene"),
            shelf.Wetlands.FirstOrDefault(p => p.FindBank(Text(root, "bank") ?? "") is not null) is WetlandProgramme wetland
                ? MilestoneLine.Of(judged, view, wetland.Zone)
                : []);
    }

    private ProposalChanges? ChangesOf(SealedNotice notice, LedgerEntry? judged)
    {
        RiverProgramme? programme = shelf.Rivers.FirstOrDefault(p => p.FindSection(notice.Section) is not null);
        bool isKnown = programme is not null && judged?.Position is not null;
        if (!isKnown || !Period.TryParse(notice.Period, programme!.Zone, out Period? period)) return null;
        long position = judged!.Position!.Value;
        int readings = record.Read(new ReadingQuery(
            notice.Section, programme.Statistic, period.Start, period.End, record.LastPosition))
            .Count(r => r.Position > position);
        int records = new[] { $"series/{notice.Section}", $"section/{notice.Section}" }
            .Sum(subject => registry.Read(new RecordQuery { Subject = subject }).Count(r => r.Position > position));
        return new ProposalChanges(position, readings, records);
    }

    private static string? Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) ? value.GetString() : null;
}
