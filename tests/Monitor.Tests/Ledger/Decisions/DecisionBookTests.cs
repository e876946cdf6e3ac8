using System.Text;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Xunit;

namespace Monitor.Tests.Ledger.Decisions;

public sealed class DecisionBookTests
{
    private readonly List<LedgerEntry> entries = [];
    private readonly DecisionBook book = new();

    [Fact]
    public void A_draft_is_approved_by_two_and_an_issued_notice_completes_it()
    {
        LedgerEntry draft = Seal(LedgerKinds.Notice, "notice/1", """{"status":"draft"}""");
        string issued = $$"""{"status":"issued","completes":1,"completesHash":"{{draft.Hash}}"}""";

        Assert.Null(Add(Approval(Signer.Reviewer, draft)));
        Assert.Equal("Entry 3 rests on entry 1, which two persons have not approved.",
            Add(Draft(LedgerKinds.Notice, "early", issued)));
        Assert.Null(Add(Approval(Signer.Approver, draft)));
        Assert.Null(Add(Draft(LedgerKinds.Notice, "notice/1/issued", issued)));
        Assert.Equal(("done", 5L), (book.Find(1)!.State, book.Find(1)!.Result));
        Assert.Equal("Entry 6 completes entry 1, as entry 5 did already.",
            Add(Draft(LedgerKinds.Notice, "twice", issued)));
        Assert.Equal("Entry 7 is a notice that no decision led to.",
            Add(Draft(LedgerKinds.Notice, "free", """{"status":"issued"}""")));
    }

    [Fact]
    public void A_signature_over_other_words_does_not_hold_and_counts_for_nothing()
    {
        LedgerEntry draft = Seal(LedgerKinds.Notice, "notice/1", """{"status":"draft"}""");
        string signed = Encoding.UTF8.GetString(
            new Decision(1, draft.Hash, true, Signer.Approver.Person, "同意").Write(Signer.Approver.Sign));

        Assert.Equal("Entry 2: The signature is not one of 乙 over these bytes.",
            Add(Draft(LedgerKinds.Approval, "a", signed.Replace("同意", "不同意", StringComparison.Ordinal))));
        Assert.Equal("Entry 3: It is not signed.",
            Add(Draft(LedgerKinds.Approval, "b", """{"entry":1}""")));
        // The reviewer's name and key over a signature of the approver.
        string borrowed = Encoding.UTF8.GetString(
            new Decision(1, draft.Hash, true, Signer.Reviewer.Person, "").Write(Signer.Approver.Sign));
        Assert.Equal("Entry 4: The signature is not one of 甲 over these bytes.",
            Add(Draft(LedgerKinds.Approval, "c", borrowed)));
        Assert.Empty(book.Find(1)!.Approvals);
    }

    [Fact]
    public void A_decision_on_another_entry_of_that_number_is_refused()
    {
        Seal(LedgerKinds.Notice, "notice/1", """{"status":"draft"}""");
        var other = new Decision(1, new string('b', 64), true, Signer.Approver.Person, "");
        string fault = Add(Draft(LedgerKinds.Approval, "a", Encoding.UTF8.GetString(other.Write(Signer.Approver.Sign))))!;
        Assert.StartsWith("Entry 2 was signed for an entry 1 with the hash bbbb", fault, StringComparison.Ordinal);
        var nothing = new Decision(9, LedgerHash.Zero, true, Signer.Approver.Person, "");
        Assert.Equal("Entry 3 decides on entry 9, which is none that is decided.",
            Add(Draft(LedgerKinds.Approval, "b", Encoding.UTF8.GetString(nothing.Write(Signer.Approver.Sign)))));
    }

    [Fact]
    public void A_signer_whom_the_register_does_not_know_counts_for_nothing()
    {
        var strict = new DecisionBook((person, position) =>
            person == Signer.Reviewer.Person && position == 7 ? null : $"{person.Name} is not registered.");
        LedgerEntry draft = Seal(LedgerKinds.Notice, "notice/1", """{"status":"draft"}""");
        LedgerEntry no = Seal(Approval(Signer.Approver, draft));
        LedgerEntry yes = Seal(Approval(Signer.Reviewer, draft));
        Assert.Null(strict.Add(draft));
        Assert.Equal("Entry 2: 乙 is not registered.", strict.Add(no));
        Assert.Null(strict.Add(yes));
        Assert.Single(strict.Find(1)!.Approvals);
    }

    [Fact]
    public void A_signed_statement_gives_its_signer_and_one_changed_byte_does_not()
    {
        byte[] statement = new Decision(1, LedgerHash.Zero, false, Signer.Approver.Person, "理由").Write(Signer.Approver.Sign);
        Assert.Equal(Signer.Approver.Person, SignedStatement.SignerOf(statement, out string fault));
        Assert.Equal("", fault);
        for (int i = 0; i < statement.Length; i++)
        {
            byte[] changed = [.. statement];
            changed[i] ^= 1;
            Assert.True(SignedStatement.SignerOf(changed, out fault) is null, $"byte {i}");
            Assert.NotEqual("", fault);
        }
    }

    private static LedgerDraft Approval(Signer who, LedgerEntry target)
    {
        var decision = new Decision(target.Number, target.Hash, true, who.Person, "");
        return new LedgerDraft(
            LedgerKinds.Approval, decision.LedgerKey, "monitor test", 7, null, decision.Write(who.Sign));
    }

    private static LedgerDraft Draft(string kind, string key, string body) =>
        new(kind, key, "monitor test", 7, null, Encoding.UTF8.GetBytes(body));

    private string? Add(LedgerDraft draft) => book.Add(Seal(draft));

    private LedgerEntry Seal(string kind, string key, string body)
    {
        LedgerEntry entry = Seal(Draft(kind, key, body));
        Assert.Null(book.Add(entry));
        return entry;
    }

    private LedgerEntry Seal(LedgerDraft draft)
    {
        LedgerEntry entry = LedgerChain.Seal(entries.LastOrDefault(), draft, new Instant(entries.Count + 1));
        entries.Add(entry);
        return entry;
    }
}
