namespace Monitor.Programmes.Evidence;

/// <summary>One step of a verification.</summary>
/// <param name="Name"><c>files</c>, <c>ledger</c>, <c>entry</c>, <c>readings</c>, <c>devices</c>, <c>records</c>,
/// <c>judgement</c>, <c>scenes</c>, <c>revision</c>, <c>award</c>, <c>proposals</c>, <c>releases</c>, <c>account</c>,
/// <c>sale</c>, <c>documents</c> or <c>decisions</c>; those that there are, in this order.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Words">What was found; where it does not hold, the first difference and its place.</param>
public sealed record BundleStep(string Name, bool Holds, string Words);

/// <summary>What verifying a bundle gave: the steps in order, up to the first that does not hold.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Entry">The entry that the bundle is of; 0 where that was not reached.</param>
/// <param name="Taken">What was not computed again but taken as it is sealed or stated, each in words.</param>
public sealed record BundleReport(IReadOnlyList<BundleStep> Steps, long Entry, IReadOnlyList<string> Taken)
{
    /// <summary>Whether every step holds.</summary>
    public bool Holds => Steps.All(s => s.Holds);
}
