using System.Text;
using Monitor.Cli;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Adoption;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Server.Jobs;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>Terms come into force by two persons, and what is judged says which.</summary>
public sealed class AdoptionTests : IDisposable
{
    private readonly BankFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_persons_adopt_a_text_and_its_bytes_are_sealed()
    {
        RiverProgramme programme = River("2026-a");
        LedgerEntry proposal = Desk.Propose(programme, _folder.Reviewer);
        Assert.Equal(proposal.Number, Desk.Propose(programme, _folder.Reviewer).Number);
        // Who prepared it does not decide it.
        Assert.Contains("prepared", Assert.Throws<InputException>(
            () => _folder.Decisions.Decide(proposal.Number, _folder.Reviewer, approves: true)).Message, StringComparison.Ordinal);
        LedgerEntry entry = Adopt(proposal);
        AdoptedDefinition adopted = AdoptedDefinition.Read(entry);
        Assert.Equal(("ou-river", "2026-a", programme.Text.Sha256), (adopted.Programme, adopted.Version, adopted.Definition));
        Assert.Equal(programme.Text.Bytes.ToArray(), adopted.ToText().Bytes.ToArray());
        Assert.Equal(programme.Standard.Text.Sha256, adopted.ToStandard().Sha256);
        Assert.True(_folder.Audit.Verify().Intact, _folder.Audit.Verify().Reason);
        Assert.Contains("adopted before", Assert.Throws<InputException>(
            () => Desk.Propose(programme, _folder.Reviewer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_adopted_text_is_judged_by_and_the_notice_names_its_adoption()
    {
        var terms = new AdoptedTerms(_folder.Ledger);
        RiverProgramme given = River("2024-demo.1");
        Assert.Same(given, terms.Of(given));
        SealedNotice before = Judge(given);
        Assert.Equal(new NoticeTerms(null, null), before.Terms);
        Assert.Contains("尚未经两人采纳", Text(before), StringComparison.Ordinal);

        LedgerEntry adopted = Adopt(Desk.Propose(River("2026-a"), _folder.Reviewer));
        RiverProgramme inForce = terms.Of(given);
        Assert.Equal("2026-a", inForce.Version);
        SealedNotice after = Judge(inForce);
        Assert.Equal(new NoticeTerms(adopted.Number, adopted.Hash), after.Terms);
        Assert.Contains($"#{adopted.Number} {adopted.Hash}", Text(after), StringComparison.Ordinal);
        Assert.DoesNotContain("尚未经两人采纳", Text(after), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_text_of_an_adopted_version_and_a_second_open_proposal_are_refused()
    {
        LedgerEntry first = Desk.Propose(River("2026-a"), _folder.Reviewer);
        Assert.Contains("is not decided", Assert.Throws<InputException>(
            () => Desk.Propose(River("2026-b"), _folder.Reviewer)).Message, StringComparison.Ordinal);
        Adopt(first);
        Assert.Contains("version of its own", Assert.Throws<InputException>(
            () => Desk.Propose(River("2026-a", " "), _folder.Reviewer)).Message, StringComparison.Ordinal);
        Assert.Contains("sponsor", Assert.Throws<InputException>(
            () => Desk.Propose(River("2026-c"), _folder.Sponsor)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_was_changed_after_it_was_approved_is_found()
    {
        LedgerEntry proposal = Desk.Propose(River("2026-a"), _folder.Reviewer);
        LedgerEntry honest = Adopt(proposal);
        AdoptedDefinition lie = AdoptedDefinition.Read(honest) with
        {
            Text = AdoptedDefinition.Read(honest).Text.Replace("8000000", "9000000", StringComparison.Ordinal),
        };
        LedgerEntry forged = LedgerChain.Seal(
            _folder.Ledger.At(honest.Number - 1),
            new LedgerDraft(honest.Kind, honest.Key, honest.Software, null, honest.Evidence, lie.Write()), honest.SealedAt);
        Assert.Null(AdoptedDefinition.FaultOf(honest, _folder.Ledger.At));
        Assert.Contains("another text", AdoptedDefinition.FaultOf(forged, _folder.Ledger.At), StringComparison.Ordinal);
    }

    private AdoptionDesk Desk => new(_folder.Ledger, _folder.Evidence, TimeProvider.System);

    private LedgerEntry Adopt(LedgerEntry proposal)
    {
        _folder.Decisions.Decide(proposal.Number, Other, approves: true);
        return Assert.Single(_folder.Decisions.Decide(proposal.Number, _folder.Approver, approves: true).Results);
    }

    private Monitor.Server.People.Signatory Other => _other ??= _folder.Add("丙", Domain.People.PersonRole.Reviewer);

    private Monitor.Server.People.Signatory? _other;

    private SealedNotice Judge(RiverProgramme programme)
    {
        var nothing = new JudgementInputs([], []);
        RiverAssessment assessment = RiverJudgement.Assess(
            programme, programme.Sections[0], Period.OfYear(2025, programme.Zone), nothing);
        return new SealingDesk(_folder.Ledger, _folder.Evidence, _folder.Folder, TimeProvider.System)
            .Seal(assessment, nothing, position: 0, caution: null);
    }

    private string Text(SealedNotice notice) => File.ReadAllText(Path.Combine(_folder.Folder.Root, notice.File));

    private static RiverProgramme River(string version, string more = "")
    {
        string text = Encoding.UTF8.GetString(DefinitionFiles.Shipped("ou-river.yaml").Bytes.Span)
            .Replace("version: \"2024-demo.1\"", $"version: \"{version}\"", StringComparison.Ordinal) + more;
        return DefinitionFiles.River(new DefinitionText(
            Path.Combine(DefinitionFiles.ShippedFolder, "ou-river.yaml"), Encoding.UTF8.GetBytes(text)));
    }
}
