using Monitor.Domain;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Documents;

/// <summary>
/// A version of the printing, which a notice's entry names, so that a notice is printed for ever as it was. Entries without
/// one are of the first printing, which knew none of this. What <see cref="Alternatives"/> gives for a sealed judgement is part
/// of the second: another set of ways, or other words, is a third.
/// </summary>
/// <param name="Version">2, and one more for each next.</param>
/// <param name="Ways">The judgement in other ways of reckoning it; none for a month, which binds nobody.</param>
public sealed record NoticePrinting(int Version, IReadOnlyList<Alternative> Ways)
{
    /// <summary>What new notices are printed by.</summary>
    public const int Newest = 2;

    /// <summary>The printing of a new notice.</summary>
    /// <param name="a">The judgement.</param>
    /// <param name="inputs">What was sealed with it: nothing else may go in, or the other party could not print it again.</param>
    public static NoticePrinting Of(RiverAssessment a, JudgementInputs inputs) =>
        new(Newest, a.Period.Month is null ? Alternatives.Of(a, inputs) : []);

    /// <summary>The printing that a sealed notice names; null of the first.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="a">The judgement.</param>
    /// <param name="inputs">What was sealed with it.</param>
    /// <exception cref="InputException">A newer program printed it.</exception>
    public static NoticePrinting? Of(SealedNotice notice, RiverAssessment a, JudgementInputs inputs) => notice.Printing switch
    {
        null => null,
        Newest => Of(a, inputs),
        int other => throw new InputException(
            $"the notice is of printing {other}, and this program knows {Newest}.", "Use the program that printed it.",
            notice.File),
    };
}
