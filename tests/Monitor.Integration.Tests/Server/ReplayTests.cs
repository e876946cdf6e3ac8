using System.Text;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Records;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Server;

public sealed class ReplayTests : IDisposable
{
    private readonly ReviewedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_judgement_sealed_with_evidence_of_the_first_format_is_still_recomputed()
    {
        string evidence = _folder.Evidence.Put(ReviewedFolder.Bytes("evidence.ndjson"));
        _folder.Evidence.Put(ReviewedFolder.Bytes("programme.yaml"));
        _folder.Evidence.Put(ReviewedFolder.Bytes("gb3838-2002.yaml"));
        _folder.Ledger.Append(
            new LedgerDraft(LedgerKinds.Assessment, "assessment/ou-river/2024-demo.1/OJ-05/2025-03", "monitor 0.1.0", 18,
                evidence, ReviewedFolder.Bytes("assessment.json")),
            new Instant(0));
        // Also when something stands beside the readings by now.
        _folder.Review("w21003", ReviewVerdict.Reject);

        ReplayOutcome outcome = _folder.Replay(1);
        Assert.True(outcome.IsSame, outcome.Difference);
        Assert.Equal(18, outcome.Readings);
    }

    [Fact]
    public void A_review_before_the_seal_counts_and_one_after_it_changes_nothing_that_is_sealed()
    {
        long untouched = _folder.Judge(_folder.Programme);
        _folder.Review("w21003", ReviewVerdict.Correct, "0.512");
        long corrected = _folder.Judge(ReviewedFolder.Version("2"));
        _folder.Review("w21003", ReviewVerdict.Reject);
        long rejected = _folder.Judge(ReviewedFolder.Version("3"));

        // 0.412 and <0.025, which counts half: (0.412 + 0.0125) ÷ 2; then (0.512 + 0.0125) ÷ 2; then 0.0125 alone.
        Assert.Equal(["0.21225", "0.26225", "0.0125"], new[] { untouched, corrected, rejected }.Select(Ammonia));
        foreach (long entry in new[] { untouched, corrected, rejected })
        {
            ReplayOutcome outcome = _folder.Replay(entry);
            Assert.True(outcome.IsSame, outcome.Difference);
        }
    }

    [Fact]
    public void The_same_question_later_does_not_seal_another_judgement()
    {
        long first = _folder.Judge(_folder.Programme);
        _folder.Review("w21003", ReviewVerdict.Reject);
        Assert.Equal(first, _folder.Judge(_folder.Programme));
    }

    [Fact]
    public void Evidence_holds_the_reviews_and_suspensions_that_were_read_and_no_others()
    {
        Review before = _folder.Review("w21003", ReviewVerdict.Reject);
        Suspension year = _folder.Suspend("2025", "施工");
        _folder.Suspend("2024", "施工");
        _folder.Suspend("2025-04", "施工");
        LedgerEntry entry = _folder.Ledger.At(_folder.Judge(_folder.Programme))!;
        _folder.Suspend("2025", "完工", lift: true);

        JudgementInputs inputs = AssessmentEvidence.Read(_folder.Evidence.Find(entry.Evidence!), "test").Inputs;
        Assert.Equal([before.Position, year.Position], inputs.Records.Select(r => r.Position));
        Assert.Contains("\"direction\":\"suspended\"", Encoding.UTF8.GetString(entry.Body.Span), StringComparison.Ordinal);
        Assert.True(_folder.Replay(entry.Number).IsSame);
    }

    [Fact]
    public void A_review_that_was_changed_or_taken_away_is_found_and_named()
    {
        Review review = _folder.Review("w21003", ReviewVerdict.Correct, "0.512");
        long entry = _folder.Judge(_folder.Programme);
        using (SqliteDatabase file = SqliteDatabase.Open(
            _folder.Folder.Record, StoreAccess.ReadWrite, new SqliteSettings()))
        {
            file.Execute("DROP TRIGGER records_remain");
            file.Execute("DELETE FROM records WHERE kind = 'review'");
        }
        ReplayOutcome outcome = _folder.Replay(entry);
        Assert.False(outcome.IsSame);
        Assert.Contains($"the review of series/OJ-05/w21003 at position {review.Position}", outcome.Difference,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_judgement_never_counts_a_review_whose_signature_does_not_hold()
    {
        _folder.Review("w21003", ReviewVerdict.Correct, "0.512");
        using (SqliteDatabase file = SqliteDatabase.Open(
            _folder.Folder.Record, StoreAccess.ReadWrite, new SqliteSettings()))
        {
            file.Execute("DROP TRIGGER records_stay");
            file.Execute("UPDATE records SET body = CAST(replace(CAST(body AS TEXT), '0.512', '0.012') AS BLOB) " +
                "WHERE kind = 'review'");
        }
        InputException refused = Assert.Throws<InputException>(() => _folder.Judge(_folder.Programme));
        Assert.Contains("signature", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Said_twice_is_kept_once_and_said_after_the_contrary_is_kept_again()
    {
        long first = _folder.Review("w21003", ReviewVerdict.Reject).Position;
        Assert.Equal(first, _folder.Review("w21003", ReviewVerdict.Reject).Position);
        Assert.Equal(first + 1, _folder.Review("w21003", ReviewVerdict.Accept).Position);
        Assert.Equal(first + 2, _folder.Review("w21003", ReviewVerdict.Reject).Position);

        long suspended = _folder.Suspend("2025", "施工").Position;
        Assert.Equal(suspended, _folder.Suspend("2025", "施工").Position);
        Assert.Throws<InputException>(() => _folder.Suspend("2025", "冰封"));
        Assert.Throws<InputException>(() => _folder.Suspend("2025-03", "完工", lift: true));
        Assert.Equal(suspended + 1, _folder.Suspend("2025", "完工", lift: true).Position);
        Assert.Equal(suspended + 2, _folder.Suspend("2025", "施工").Position);
    }

    private string? Ammonia(long entry)
    {
        using JsonDocument json = JsonDocument.Parse(_folder.Ledger.At(entry)!.Body);
        return json.RootElement.GetProperty("terms").EnumerateArray()
            .Single(t => t.GetProperty("name").GetString() == "w21003").GetProperty("value").GetString();
    }
}
