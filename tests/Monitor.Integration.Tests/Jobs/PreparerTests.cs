using System.Text;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Evidence;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>Who prepared a release is who signed what shows it, whoever hands that in again.</summary>
public sealed class PreparerTests : IDisposable
{
    private readonly WatchedBank _bank = new(WatchedBank.SurveyedExotics);

    public void Dispose() => _bank.Dispose();

    [Fact]
    public void A_survey_that_another_hands_in_again_is_prepared_by_its_signer()
    {
        Signatory signer = _bank.Add("丙", PersonRole.Approver);
        DateOnly day = new(2025, 9, 1);
        LedgerEntry first = Assert.Single(_bank.Survey(day, path: "exotics").Followed);
        Assert.Empty(_bank.Survey(day.AddDays(1), path: "exotics", who: signer).Followed);
        _bank.Decisions.Decide(first.Number, _bank.Reviewer, approves: false, "样方偏少");

        LedgerEntry proposal = Assert.Single(_bank.Survey(day.AddDays(1), path: "exotics", who: _bank.Approver).Followed);
        RequireSignedBy(signer, proposal);
    }

    [Fact]
    public void A_document_that_another_hands_in_again_is_prepared_by_its_signer()
    {
        Signatory signer = _bank.Add("丙", PersonRole.Approver);
        byte[] document = Encoding.UTF8.GetBytes("登记证明");
        // Filed and not proposed, as a program leaves it that ends in between.
        var filing = new BankFiling(_bank.Programme.Id, _bank.Programme.Version, _bank.Bank.Id)
        {
            Milestone = "easement", Document = FiledDocument.Of("report.txt", document),
        };
        _bank.Evidence.Put(document);
        _bank.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Assessment, filing.Key(), SealingDesk.Software, signer.Position, filing.Document.Sha256,
                filing.Write(signer.Person, signer.Sign)),
            Domain.Readings.Instant.From(TimeProvider.System.GetUtcNow()));

        RequireSignedBy(signer, _bank.File("easement", "登记证明", _bank.Approver));
    }

    private void RequireSignedBy(Signatory signer, LedgerEntry proposal)
    {
        Assert.Equal(PreparedBy.Of(signer.Person), BankProposal.Read(proposal)!.Preparer);
        Assert.Throws<InputException>(() => _bank.Decisions.Decide(proposal.Number, signer, approves: true));
        BundleReport report = _bank.Verify(proposal.Number);
        Assert.True(report.Holds, string.Join('\n', report.Steps.Select(s => s.Words)));
        Assert.NotNull(_bank.Decisions.Decide(proposal.Number, _bank.Approver, approves: true).Entry);
        Assert.True(_bank.Audit().Intact, _bank.Audit().Reason);
    }
}
