using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Documents;

/// <summary>What a milestone asks for, in words; what its evidence lines say of the requirement stands beside it.</summary>
internal static class MilestoneRequirement
{
    /// <summary>In Chinese with an English gloss.</summary>
    internal static Bilingual Words(Milestone milestone) => milestone.CoverAtLeast is decimal cover
        ? new Bilingual(
            $"植被覆盖度的低值不小于 {CanonicalAssessment.Plain(cover)}",
            $"Low vegetation cover of at least {CanonicalAssessment.Plain(cover)}")
        : new Bilingual("由文件证明", "Shown by a document");
}
