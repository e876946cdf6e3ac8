using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;

namespace Monitor.Cli.Verbs;

/// <summary>One milestone of a bank as it stands.</summary>
/// <param name="Milestone">The milestone.</param>
/// <param name="Credits">Its credits.</param>
/// <param name="State"><c>released</c>, <c>approved</c>, <c>proposed</c>, <c>rejected</c> or <c>open</c>.</param>
/// <param name="Stage">The step at which it stands, with its days.</param>
/// <param name="Release">Entry of the release, or null.</param>
/// <param name="Proposal">Entry of the newest proposal, or null.</param>
/// <param name="Approvals">Entries of its approvals.</param>
/// <param name="Conditions">What must hold before its release; none once it is released.</param>
internal sealed record MilestoneRow(
    Milestone Milestone, string Credits, string State, MilestoneStage Stage, long? Release, long? Proposal,
    IReadOnlyList<long> Approvals, IReadOnlyList<ReleaseCondition> Conditions)
{
    /// <summary>What a release would wait for beside its decision; null where nothing, or where it is released.</summary>
    internal string? Waits => Conditions.FirstOrDefault(c => !c.IsMet && c.Id != "decision")?.Fault;

    internal string StageWords => Stage is { Step: MilestoneStep.Computed, Outcome: CriterionOutcome outcome }
        ? $"{Stage.Word}: {MilestoneJudgement.Name(outcome)}"
        : Stage.Word;

    internal string DueWords => Stage.Due is not DateOnly due ? "—"
        : Stage.IsOverdue ? $"{due:yyyy-MM-dd}, overdue"
        : $"{due:yyyy-MM-dd}";

    internal static MilestoneRow Of(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, BankDossier dossier,
        IReadOnlyList<LedgerEntry> entries, Milestone milestone, Instant now)
    {
        decimal credits = programme.PartOf(account.Award is null ? bank.Credits : account.Awarded, milestone);
        ProposedPart? proposed = account.Proposals.LastOrDefault(p => p.Proposal.Milestone == milestone.Id);
        long? release = account.Releases.FirstOrDefault(r => r.Milestone == milestone.Id)?.Entry;
        string state = release is not null ? "released" : proposed?.Case.State switch
        {
            null => "open",
            "open" => "proposed",
            string other => other,
        };
        return new MilestoneRow(
            milestone, CreditAward.Text(credits), state,
            MilestoneStage.Of(programme, account, dossier, milestone.Id, now), release, proposed?.Case.Entry,
            [.. (proposed?.Case.Approvals ?? []).Select(a => a.Number)],
            release is null ? ReleaseConditions.Of(programme, bank, account, dossier, milestone, credits, now, entries) : []);
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("milestone", Milestone.Id);
        json.WriteString("share", CanonicalAssessment.Plain(Milestone.SharePercent));
        json.WriteString("credits", Credits);
        json.WriteString("state", State);
        json.WriteStartObject("stage");
        json.WriteString("step", Stage.Word);
        json.WriteString("outcome", Stage.Outcome is CriterionOutcome outcome ? MilestoneJudgement.Name(outcome) : null);
        BankReport.WriteNumber(json, "entry", Stage.Entry);
        json.WriteString("commentsUntil", Day(Stage.CommentsUntil));
        json.WriteString("due", Day(Stage.Due));
        json.WriteBoolean("overdue", Stage.IsOverdue);
        json.WriteEndObject();
        BankReport.WriteNumber(json, "release", Release);
        BankReport.WriteNumber(json, "proposal", Proposal);
        json.WriteStartArray("approvals");
        foreach (long entry in Approvals) json.WriteNumberValue(entry);
        json.WriteEndArray();
        json.WriteString("waits", Waits);
        json.WriteStartArray("conditions");
        foreach (ReleaseCondition condition in Conditions)
        {
            json.WriteStartObject();
            json.WriteString("condition", condition.Id);
            json.WriteBoolean("met", condition.IsMet);
            json.WriteString("fault", condition.Fault);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? Day(DateOnly? day) => day is DateOnly known ? $"{known:yyyy-MM-dd}" : null;
}
