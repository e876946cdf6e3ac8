using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>Takes sealed judgements up again from what the evidence folder kept, without asking the record.</summary>
/// <param name="evidence">The evidence folder.</param>
internal sealed class SealedInputs(EvidenceStore evidence)
{
    /// <summary>The river judgement of an assessment's entry, as it was sealed, with its evidence.</summary>
    /// <exception cref="StoreUnusableException">
    /// Evidence is missing or does not give the sealed bytes again: nothing may be issued on it.
    /// </exception>
    internal (EvidenceHeader Header, RiverAssessment Assessment, JudgementInputs Inputs) Whole(LedgerEntry judged)
    {
        (EvidenceHeader header, JudgementInputs inputs) =
            AssessmentEvidence.Read(Kept(judged.Evidence!, judged.Number), judged.Evidence!);
        SealedRiver terms = SealedTerms.River(header, hash => Kept(hash, judged.Number));
        RiverAssessment again = RiverJudgement.Assess(terms.Programme, terms.Section, terms.Period, inputs);
        return judged.Body.Span.SequenceEqual(CanonicalAssessment.Write(again))
            ? (header, again, inputs)
            : throw Differs(judged);
    }

    /// <summary>The terms that a river judgement was sealed by.</summary>
    /// <exception cref="StoreUnusableException">Evidence is missing or was changed.</exception>
    internal (EvidenceHeader Header, SealedRiver Terms) Terms(LedgerEntry judged)
    {
        (EvidenceHeader header, _) = AssessmentEvidence.Read(Kept(judged.Evidence!, judged.Number), judged.Evidence!);
        return (header, SealedTerms.River(header, hash => Kept(hash, judged.Number)));
    }

    /// <summary>What a river judgement's evidence says of its terms.</summary>
    /// <exception cref="StoreUnusableException">Evidence is missing or was changed.</exception>
    internal EvidenceHeader Header(LedgerEntry judged) =>
        AssessmentEvidence.Read(Kept(judged.Evidence!, judged.Number), judged.Evidence!).Header;

    /// <summary>The wetland programme of a hash.</summary>
    /// <param name="definition">SHA-256 of its text.</param>
    /// <param name="entry">The entry that rests on it, for messages.</param>
    /// <exception cref="StoreUnusableException">It is not in the evidence folder.</exception>
    internal WetlandProgramme Wetland(string definition, long entry) =>
        WetlandProgrammeReader.Read(new DefinitionText("programme.yaml", Kept(definition, entry)));

    private byte[] Kept(string hash, long entry) => evidence.Find(hash) ?? throw new StoreUnusableException(
        $"The evidence {hash} of entry {entry} is not in the evidence folder. Restore it from a backup.");

    private static StoreUnusableException Differs(LedgerEntry judged) => new(
        $"The evidence of entry {judged.Number} does not give its judgement again, so nothing is issued on it. " +
        "Issue with the program that sealed it, or look with `replay`.");
}
