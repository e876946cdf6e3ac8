using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Rules.Credits;
using Monitor.Tests.Ledger.Decisions;
using Xunit;

namespace Monitor.Tests.Programmes.Banks;

/// <summary>The life of a bank's credits, as events and what comes of each.</summary>
public sealed class BankHistoryTests
{
    private const char Proposes = 'p', Approves = 'a', Rejects = 'r';

    private static readonly string[] Subjects =
        ["award", .. BankHistory.Programme.Milestones.Select(m => m.Id)];

    [Fact]
    public void A_bank_goes_from_award_to_releases_by_two_persons_and_in_sequence()
    {
        // 120 × (0.8+0.7+0.9+0.6+0.75+0.5+0.85+0.9+0.8)/9 = 120 × 6.8/9 = 90.6666…; 15 % of it is 13.59999, 40 % 36.26664
        AssertHistory(
            (Signer.Sponsor,         Approves, "award",    "nothing is proposed"),
            (Signer.Sponsor,         Proposes, "award",    "proposed #1"),
            (Signer.Sponsor,         Proposes, "award",    "refused: #1 stands"),
            (Signer.Sponsor,         Approves, "award",    "refused: 示例建设方 is registered as sponsor and cannot decide."),
            (Signer.Reviewer,        Approves, "award",    "open"),
            (Signer.Reviewer,        Approves, "award",    "refused: 甲 approved entry 1 already (entry 2)."),
            (Signer.SecondReviewer,  Approves, "award",    "refused: A reviewer, 甲, approved entry 1 already."),
            (Signer.Approver,        Approves, "award",    "awarded 90.6666"),
            (Signer.SecondApprover,  Approves, "award",    "refused: Entry 1 is decided: 甲 and 乙 approved it (entries 2, 3)."),
            (Signer.Sponsor,         Proposes, "grading",  "proposed #5"),
            (Signer.Approver,        Approves, "grading",  "open"),
            (Signer.ApproversDouble, Approves, "grading",  "refused: 乙 approved entry 5 already (entry 6)."),
            (Signer.SecondApprover,  Approves, "grading",  "approved, it waits for the release of easement"),
            (Signer.Approver,        Proposes, "easement", "proposed #8"),
            (Signer.Approver,        Approves, "easement", "refused: 乙 prepared entry 8 and so cannot decide it."),
            (Signer.ApproversDouble, Approves, "easement", "refused: 乙 prepared entry 8 and so cannot decide it."),
            (Signer.Reviewer,        Rejects,  "easement", "rejected"),
            (Signer.SecondApprover,  Approves, "easement", "refused: Entry 8 was rejected by 甲 (entry 9): 证据不足"),
            (Signer.Sponsor,         Proposes, "easement", "proposed #10"),
            (Signer.SecondApprover,  Approves, "easement", "open"),
            (Signer.SecondReviewer,  Approves, "easement", "released easement 13.5999"),
            (Signer.Sponsor,         Proposes, "easement", "refused: #10 stands"),
            (Signer.Sponsor,         Proposes, "exotics",  "proposed #14"),
            (Signer.Approver,        Approves, "exotics",  "open"),
            (Signer.Reviewer,        Approves, "exotics",  "released exotics 22.6667, released grading 36.2666"),
            (Signer.Reviewer,        Rejects,  "grading",  "refused: Entry 5 is decided: 乙 and 丁 approved it (entries 6, 7)."));
    }

    [Fact]
    public void Whatever_persons_do_nothing_is_released_without_two_of_them_and_never_more_than_awarded()
    {
        Gen<(int, int, int)> act = from who in Gen.Choose(0, Signer.All.Count - 1)
            from verb in Gen.Elements(0, 1, 1, 1, 1, 2)
            from subject in Gen.Choose(0, 3)
            select (who, verb, subject);
        int releases = 0;
        Prop.ForAll(act.ArrayOf(40).ToArbitrary(), acts =>
        {
            var history = new BankHistory();
            foreach ((int who, int verb, int subject) in acts)
            {
                _ = Act(history, Signer.All[who], "par"[verb], Subjects[subject]);
            }
            AssertLaws(history.Entries);
            releases += history.Entries.Count(e => e.Kind == LedgerKinds.Release);
        }).QuickCheckThrowOnFailure();
        Assert.True(releases > 0, "no history came to a release: the property was not tried");
    }

    [Fact]
    public void The_parts_of_both_banks_sum_to_their_awards()
    {
        foreach (var bank in BankHistory.Programme.Banks)
        {
            Assert.Equal(bank.Credits, BankHistory.Programme.Milestones.Sum(m => BankHistory.Programme.CreditsOf(bank, m)));
        }
        // 86.4 × (0.7+0.65+0.8+0.55+0.6+0.85+0.7+0.75+0.9)/9 = 86.4 × 6.5/9
        Assert.Equal(86.4m * 6.5m / 9, BankHistory.Programme.FindBank("shitang")!.Credits);
    }

    [Fact]
    public void An_account_names_a_release_without_award_a_second_one_and_one_too_many()
    {
        var history = new BankHistory();
        foreach (Signer who in (Signer[])[Signer.Approver, Signer.Reviewer])
        {
            history.Propose(Signer.Sponsor, "award");
            history.Decide(who, "award", approves: true);
        }
        history.Propose(Signer.Sponsor, "easement");
        history.Decide(Signer.Approver, "easement", approves: true);
        history.Decide(Signer.Reviewer, "easement", approves: true);
        LedgerEntry release = history.Entries.Last(e => e.Kind == LedgerKinds.Release);
        var empty = new BankAccount(BankHistory.Programme.Id, BankHistory.Bank.Id);

        Assert.Contains("before any were awarded", empty.FaultOf(release), StringComparison.Ordinal);
        Assert.Contains("again", history.Account.FaultOf(release), StringComparison.Ordinal);
        BankAccount full = history.Account with
        {
            Releases = [new ReleasedPart(1, "cover", 90.6666m, new SerialRange(1, 906_666))],
        };
        Assert.Contains("more than 90.6666 awarded", full.FaultOf(release), StringComparison.Ordinal);
        Assert.Null((history.Account with { Releases = [] }).FaultOf(release));
    }

    private static void AssertHistory(params (Signer Who, char Verb, string Subject, string Outcome)[] events)
    {
        var history = new BankHistory();
        foreach ((Signer who, char verb, string subject, string outcome) in events)
        {
            Assert.Equal($"{who.Person.Name} {verb} {subject}: {outcome}",
                $"{who.Person.Name} {verb} {subject}: {Act(history, who, verb, subject)}");
        }
        AssertLaws(history.Entries);
    }

    private static string Act(BankHistory history, Signer who, char verb, string subject) => verb switch
    {
        Proposes => history.Propose(who, subject),
        _ => history.Decide(who, subject, approves: verb == Approves),
    };

    // By the entries' own words, not by the code under test.
    private static void AssertLaws(IReadOnlyList<LedgerEntry> entries)
    {
        (decimal awarded, decimal released) = (0, 0);
        HashSet<string> milestones = [];
        foreach (LedgerEntry entry in entries)
        {
            if (entry.Kind is not (LedgerKinds.Award or LedgerKinds.Release)) continue;
            JsonElement body = JsonDocument.Parse(entry.Body).RootElement;
            decimal credits = CreditAward.Number(body.GetProperty("credits").GetString()!);
            if (entry.Kind == LedgerKinds.Award) awarded += credits;
            else released += credits;
            Assert.True(released <= awarded, $"{released} released of {awarded}");
            Assert.True(entry.Kind == LedgerKinds.Award || milestones.Add(body.GetProperty("milestone").GetString()!));
            AssertTwoDecided(entries, entry, body.GetProperty("completes").GetInt64());
        }
        Assert.Equal(awarded > 0 ? 1 : 0, entries.Count(e => e.Kind == LedgerKinds.Award));
    }

    private static void AssertTwoDecided(IReadOnlyList<LedgerEntry> entries, LedgerEntry result, long target)
    {
        List<JsonElement> signers = [.. from e in entries
            where e.Kind == LedgerKinds.Approval && e.Number < result.Number
            let body = JsonDocument.Parse(e.Body).RootElement
            where body.GetProperty("entry").GetInt64() == target
            select body.GetProperty("signer")];
        string preparer = JsonDocument.Parse(entries[(int)target - 1].Body).RootElement
            .GetProperty("preparer").GetProperty("person").GetString()!;
        List<string> names = [.. signers.Select(s => s.GetProperty("person").GetString()!)];
        Assert.Equal(2, names.Distinct().Count());
        Assert.Equal(2, signers.Select(s => s.GetProperty("key").GetString()).Distinct().Count());
        Assert.DoesNotContain(preparer, names);
        Assert.Contains("approver", signers.Select(s => s.GetProperty("role").GetString()));
        Assert.DoesNotContain(entries, e => e.Kind == LedgerKinds.Rejection
            && JsonDocument.Parse(e.Body).RootElement.GetProperty("entry").GetInt64() == target);
    }
}
