using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Monitor.Tests.Ledger.Decisions;

namespace Monitor.Tests.Programmes.Banks.Invariants;

/// <content>Documents, scenes, proposals and decisions.</content>
internal sealed partial class RandomBank
{
    private readonly List<StoredReading> record = [];

    /// <summary>Scenes that came in after a later one was judged.</summary>
    public int LateScenes { get; private set; }

    /// <summary>The real judgement of the cover on a scene.</summary>
    internal static MilestoneAssessment? Assess(Instant taken, IEnumerable<Reading> season) =>
        MilestoneJudgement.Assess(Programme, Bank, MilestonePart.Whole(Cover), taken, season);

    private void ProposeAward()
    {
        var proposal = new BankProposal(
            BankProposal.Award, Programme.Id, Programme.Version, Text.Sha256, Bank.Id, null, CreditAward.Text(Bank.Credits),
            Programme.CreditUnit, null, null, PreparedBy.Of(Signer.Sponsor.Person));
        Seal(LedgerKinds.Proposal, $"proposal/{Programme.Id}/{Bank.Id}/award/1", proposal.Write());
    }

    private void File(Signer who, int which)
    {
        // Mostly the one that is next, else any.
        Milestone next = Programme.Milestones.FirstOrDefault(m => Account.StandingProposal(m.Id) is null) ?? Cover;
        Milestone milestone = which < Programme.Milestones.Count ? Programme.Milestones[which] : next;
        if (milestone == Cover || !law.MayPropose(Account, milestone.Id)) return;
        BankFiling filing = Filing() with { Milestone = milestone.Id };
        if (Seal(LedgerKinds.Assessment, filing.Key(), filing.Write(who.Person, who.Sign)) is LedgerEntry shown)
        {
            ProposeRelease(milestone, shown, PreparedBy.Of(who.Person));
        }
    }

    private void ProposeRelease(Milestone milestone, LedgerEntry shown, PreparedBy? preparer)
    {
        int former = Account.Proposals.Count(p => p.Proposal.Milestone == milestone.Id);
        var proposal = new BankProposal(
            BankProposal.Release, Programme.Id, Programme.Version, Text.Sha256, Bank.Id, milestone.Id,
            CreditAward.Text(Programme.PartOf(Account.Awarded, milestone)), Programme.CreditUnit, shown.Number, shown.Hash,
            preparer);
        Seal(LedgerKinds.Proposal, $"proposal/{Programme.Id}/{Bank.Id}/{milestone.Id}/{former + 1}", proposal.Write());
    }

    private void Decide(Signer who, int which, bool approves)
    {
        List<DecisionCase> open = [.. Book.Cases.Where(c => c.IsOpen)];
        if (open.Count == 0) return;
        DecisionCase found = open[which < 6 ? 0 : which % open.Count];
        if (found.FaultOf(who.Person, approves) is not null) return;
        var decision = new Decision(found.Entry, found.Hash, approves, who.Person, approves ? "" : "证据不足");
        Seal(decision.Kind, decision.LedgerKey, decision.Write(who.Sign));
        Complete();
    }

    // What two persons approved follows when nothing is against it, in ledger order, as the desk does it.
    private void Complete()
    {
        foreach (DecisionCase decided in Book.Cases.Where(c => c is { IsApproved: true, Result: null }).ToList())
        {
            LedgerEntry proposal = entries[(int)decided.Entry - 1];
            if (TriggerProposal.Read(proposal) is TriggerProposal trigger) Suspend(trigger, decided);
            else if (BankProposal.Read(proposal) is BankProposal { Milestone: string milestone } release)
            {
                Release(Programme.FindMilestone(milestone)!, release, decided);
            }
            else if (BankProposal.Read(proposal) is BankProposal award)
            {
                Seal(LedgerKinds.Award, CreditAward.Key(Programme.Id, Bank.Id),
                    CreditAward.Of(Programme, Bank, award, decided).Write());
            }
        }
    }

    private void Release(Milestone milestone, BankProposal proposal, DecisionCase decided)
    {
        decimal credits = CreditAward.Number(proposal.Credits);
        if (law.FaultOfRelease(Standing, Dossier, milestone, credits, now) is not null) return;
        LedgerEntry shown = entries[(int)proposal.Assessment!.Value - 1];
        var release = new CreditRelease(
            Programme.Id, Programme.Version, Text.Sha256, Bank.Id, milestone.Id, proposal.Credits, Programme.CreditUnit,
            Account.AwardEntry ?? 0, CreditAward.Text(Account.Awarded), "", "", shown.Number, shown.Hash, decided.Entry,
            decided.Hash, ApprovalReference.Of(decided), "documents/none.html", LedgerHash.Zero);
        Seal(
            LedgerKinds.Release, CreditRelease.Key(Programme.Id, Bank.Id, milestone.Id), release.Write(), shown.Position,
            shown.Evidence);
    }

    private void Suspend(TriggerProposal proposal, DecisionCase decided)
    {
        bool holds = CreditMovements.FaultOfSuspension(Standing) is null
            && Seen.Any(t => t.Trigger == proposal.Trigger && t.Subject == proposal.Subject && t.Ground == proposal.Ground);
        if (proposal.Proposes != TriggerProposal.Suspension || !holds) return;
        Seal(
            LedgerKinds.Suspension, $"suspension/{Programme.Id}/{Bank.Id}/decided/{decided.Entry}",
            BankSuspension.Of(proposal, decided).Write());
    }

    private void Propose()
    {
        foreach (BankTrigger t in Seen.Where(t => t.IsDue(Standing, Dossier)).ToList())
        {
            LedgerEntry? shows = t.Shows is long number ? entries[(int)number - 1] : null;
            var proposal = new TriggerProposal(
                t.Proposes, Programme.Id, Programme.Version, Text.Sha256, Bank.Id, t.Trigger, t.Subject, t.Ground,
                shows?.Number, shows?.Hash, t.Reason);
            Seal(LedgerKinds.Proposal, proposal.Key, proposal.Write());
        }
    }

    // A scene of the last months comes in, so that some come after later ones; its readings stay as they are for good.
    private void Judge(int which, int amount)
    {
        var taken = new Instant(now.UnixMilliseconds - (which * 20 * 86_400_000L));
        if (record.Exists(r => r.Reading.Time == taken)) return;
        if (record.Count > 0 && record[^1].Reading.Time > taken) LateScenes++;
        decimal low = 0.50m + (amount % 20 / 100m);
        (string, decimal)[] figures =
        [
            (Measurands.ClearFraction, amount % 7 == 0 ? 0.4m : 0.95m), (Measurands.CoverLow, low),
            (Measurands.Cover, low + 0.02m), (Measurands.CoverHigh, low + 0.04m),
        ];
        foreach ((string measurand, decimal value) in figures)
        {
            _ = ReportedValue.TryFrom(value, Qualifier.None, out ReportedValue reported);
            record.Add(new StoredReading(record.Count + 1, Programme.SensorAgent, $"b{taken}", 1, Bank.Id, new Reading
            {
                Index = record.Count % 4, Measurand = measurand, Time = taken, Value = reported, Unit = "1",
                Statistic = Statistic.Instantaneous, Instrument = "ndvi-1",
            }));
        }
        (Instant from, Instant to) = MilestoneJudgement.Season(Programme, taken);
        List<StoredReading> season = [.. record.Where(r => r.Reading.Time >= from && r.Reading.Time < to)];
        if (law.Judge(taken, season.Select(r => r.Reading)) is not MilestoneAssessment found) return;
        byte[] kept = AssessmentEvidence.Write(
            new EvidenceHeader(
                Programme.Id, Programme.Version, Text.Sha256, Text.Sha256, Bank.Id, taken.ToString(), record.Count),
            new JudgementInputs(law.Evidence(season), []));
        string hash = Convert.ToHexStringLower(SHA256.HashData(kept));
        Kept[hash] = kept;
        LedgerEntry? judged = Seal(
            LedgerKinds.Assessment, $"assessment/{Programme.Id}/{Programme.Version}/{Bank.Id}/{Cover.Id}/{taken}",
            MilestoneJudgement.Write(found), record.Count, hash);
        bool isNew = judged is not null && found.Outcome == CriterionOutcome.Pass && Account.StandingProposal(Cover.Id) is null;
        if (isNew) ProposeRelease(Cover, judged!, preparer: null);
    }

    private void Report(Signer who, int which)
    {
        ReportDuty duty = Programme.Compliance.Reports[which % 2];
        int year = new BankTriggers(Programme, Bank, Account, Dossier, now).NextYear(duty) ?? Today.Year;
        if (year >= Today.Year) return;
        BankFiling filing = Filing() with { Report = duty.Id, Year = year };
        Seal(LedgerKinds.Assessment, filing.Key(), filing.Write(who.Person, who.Sign));
    }

    private void Instrument(Signer who, int which)
    {
        string id = which % 3 == 0 ? "easement" : "bond-1";
        BankFiling filing = Filing() with
        {
            Instrument = id, State = Dossier.VoidOn(id, Today) is null ? BankFiling.Voided : BankFiling.Renewed,
            Day = $"{Today:yyyy-MM-dd}", Reason = "登记机关通知",
        };
        Seal(LedgerKinds.Assessment, filing.Key(), filing.Write(who.Person, who.Sign));
    }

    private BankFiling Filing()
    {
        byte[] document = Encoding.UTF8.GetBytes($"文件 {entries.Count}");
        return new BankFiling(Programme.Id, Programme.Version, Bank.Id)
        {
            Document = new FiledDocument(
                $"{entries.Count}.txt", Convert.ToHexStringLower(SHA256.HashData(document)), document.Length),
        };
    }
}
