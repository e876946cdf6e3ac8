using System.Globalization;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Evidence;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>Data or a review that come after a notice: a revision and a supplement, never an edit.</summary>
public sealed class RevisionTests : IDisposable
{
    private readonly RevisedYear _year = new();

    public void Dispose() => _year.Dispose();

    // Index 0.80 at the section's baseline times 0.80: downstream pays 8,000,000. Suspended once a month's pH is rejected.
    [Fact]
    public void A_review_after_the_issue_gives_a_supplement_with_the_difference_and_the_former_stays_as_it_was()
    {
        SealedNotice issued = _year.Issue(_year.Judge());
        Assert.Equal(("downstream-pays", "8000000"), (issued.Direction, issued.Amount));
        byte[] before = _year.Document(issued);
        Assert.Null(_year.Revise());

        _year.Scale(1.30m);
        SealedNotice draft = _year.Revise()!;
        // Downstream was told to pay 8,000,000 and upstream ought to: 8,000,000 − (−8,000,000) = 16,000,000.
        Assert.Equal(("upstream-pays", "8000000"), (draft.Direction, draft.Amount));
        Assert.Equal(("-8000000", "16000000"), (draft.Revision!.Settled, draft.Revision.Difference));
        SealedNotice supplement = _year.Issue(draft);
        string text = Encoding.UTF8.GetString(_year.Document(supplement));
        foreach (string words in new[] { "生态补偿补充通知书", "壹仟陆佰万元整", "¥16,000,000.00", issued.Number, "差额" })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }
        Assert.Equal(before, _year.Document(issued));
        Assert.True(_year.Audit().Intact, _year.Audit().Reason);
        Assert.Null(_year.Revise());
    }

    [Fact]
    public void A_draft_that_nobody_issued_is_replaced_and_can_be_approved_no_more()
    {
        SealedNotice first = _year.Judge();
        long former = _year.Newest;
        _year.Scale(1.30m);
        SealedNotice draft = _year.Revise()!;
        Assert.Equal((null, null, former), (draft.Revision!.Settled, draft.Revision.Difference, draft.Revision.Replaces));
        Domain.InputException refused = Assert.Throws<Domain.InputException>(() => _year.Approve(former));
        Assert.Contains("took the place", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("补充通知书", Encoding.UTF8.GetString(_year.Document(draft)), StringComparison.Ordinal);
        Assert.Equal("8000000", _year.Issue(draft).Amount);
        Assert.Equal(0.800m, decimal.Parse(first.Index!, CultureInfo.InvariantCulture));
        Assert.True(_year.Audit().Intact, _year.Audit().Reason);
    }

    [Fact]
    public void An_undetermined_result_moves_no_money_until_one_is_determined()
    {
        _year.Issue(_year.Judge());
        _year.Suspend("施工", lift: false);
        SealedNotice open = _year.Revise()!;
        Assert.Equal(("suspended", null, "-8000000", null),
            (open.Direction, open.Amount, open.Revision!.Settled, open.Revision.Difference));
        Assert.Contains("差额待定", Encoding.UTF8.GetString(_year.Document(_year.Issue(open))), StringComparison.Ordinal);
        _year.Suspend("完工", lift: true);
        SealedNotice again = _year.Revise()!;
        Assert.Equal(("downstream-pays", "0"), (again.Direction, again.Revision!.Difference));
        Assert.Contains("差额为零", Encoding.UTF8.GetString(_year.Document(again)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sum_of_notice_and_supplements_is_what_a_fresh_judgement_says()
    {
        var random = new Random(2025);
        _year.Issue(_year.Judge());
        for (int round = 0; round < 6; round++)
        {
            _year.Scale(0.70m + (0.10m * random.Next(0, 8)));
            if (_year.Revise() is SealedNotice draft)
            {
                // Persons reject some of them: what was rejected moves nothing.
                if (random.Next(3) == 0) _year.Reject(_year.Newest);
                else _year.Issue(draft);
            }
            if (_year.Chain.Standing.Notice.Completes is null || _year.Chain.Newest.Notice.Revision?.Round != _year.IssuedRound)
            {
                continue;
            }
            Assert.Equal(_year.Fresh(), _year.Chain.Settled);
        }
        Assert.True(_year.Audit().Intact, _year.Audit().Reason);
    }

    [Fact]
    public void A_supplement_is_recomputed_from_its_bundle_and_from_the_store()
    {
        _year.Issue(_year.Judge());
        _year.Scale(1.30m);
        _year.Issue(_year.Revise()!);
        long entry = _year.Newest;
        BundleReport report = _year.Verify(entry);
        Assert.True(report.Holds, report.Steps[^1].Words);
        string words = report.Steps.Single(s => s.Name == "revision").Words;
        Assert.Contains("difference 16000000 yuan", words, StringComparison.Ordinal);
        Assert.True(_year.Replay(entry).IsSame);
        // The former notice too, though the record has gone on.
        long first = _year.Chain.SupersededBy(_year.Chain.Standing.Entry.Number) is null ? _year.FirstIssued : 0;
        Assert.True(_year.Verify(first).Holds);
        Assert.True(_year.Replay(first).IsSame);
        Assert.Equal(entry, _year.Chain.SupersededBy(first));
    }

    [Fact]
    public void A_supplement_that_lies_about_what_was_issued_before_is_found()
    {
        _year.Issue(_year.Judge());
        _year.Scale(1.30m);
        SealedNotice draft = _year.Revise()!;
        LedgerEntry honest = _year.Ledger.At(_year.Newest)!;
        SealedNotice lie = draft with
        {
            Revision = draft.Revision! with { Round = 2, Settled = "0", Difference = "8000000", Replaces = honest.Number },
        };
        _year.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Notice, honest.Key[..^1] + "2", "monitor test", honest.Position, honest.Evidence, lie.Write()),
            new Instant(1));
        Assert.Contains("says of the notices before it", _year.Audit().Reason, StringComparison.Ordinal);
    }
}
