using Monitor.Domain.Readings;
using Monitor.Programmes.Records;

namespace Monitor.Programmes.Judgements;

/// <summary>A reading and the review that rules over it.</summary>
/// <param name="Reading">The reading as it came.</param>
/// <param name="Review">The newest review that covers it; null where there is none.</param>
public sealed record ReviewedReading(Reading Reading, Review? Review = null)
{
    /// <summary>A reading of a clock that deserves no belief: suspect until a review accepts it.</summary>
    public const string Clock = "clock";

    /// <summary>A reading of an instrument that failed a check: only another value in its place counts.</summary>
    public const string Calibration = "calibration";

    private static readonly string[] QcMarks = ["sc", "cz", "cs"];

    /// <summary>Why it stands apart, whatever its value: one of the words above; null where it does not.</summary>
    public string? Quarantine { get; init; }

    /// <summary>Why it stands apart now that a person spoke; null where it does not.</summary>
    internal string? Fault => Quarantine switch
    {
        Clock when Review?.Verdict is ReviewVerdict.Accept or ReviewVerdict.Correct => null,
        Calibration when Review?.Verdict is ReviewVerdict.Correct => null,
        string word => word,
        null => null,
    };

    /// <summary>Whether it has no part in the series: no neighbour is judged by it, and one that stands goes first.</summary>
    internal bool IsOut => IsRejected || Fault is not null || IsQcSample;

    /// <summary>
    /// Whether it is a check with a known sample (HJ 1404 marks <c>sc</c>, <c>cz</c>, <c>cs</c>), and no river water: it
    /// disputes no reading of the same moment.
    /// </summary>
    internal bool IsQcSample => Separates && Status.Length == 2 && Array.IndexOf(QcMarks, Status) >= 0;

    /// <summary>Whether QC samples stand apart; in judgements sealed before there was this they do not.</summary>
    public bool Separates { get; init; } = true;

    /// <summary>The value that stands: the corrected one, else the reported one.</summary>
    public ReportedValue Value => Review?.Value ?? Reading.Value;

    /// <summary>The mark that stands: who corrects a value has dealt with what its device said of it.</summary>
    public string Status => Review?.Verdict == ReviewVerdict.Correct ? DeviceStatus.Normal : Reading.Status;

    /// <summary>Whether a person took it out.</summary>
    public bool IsRejected => Review?.Verdict == ReviewVerdict.Reject;

    /// <summary>Whether a person stands for its value.</summary>
    public bool IsBacked => Review?.Verdict is ReviewVerdict.Accept or ReviewVerdict.Correct;

    /// <summary>The readings of a judgement, each with its review and with what sets it apart.</summary>
    /// <returns>As many as the readings, in their order.</returns>
    public static IEnumerable<ReviewedReading> Of(JudgementInputs inputs)
    {
        IEnumerable<ReviewedReading> reviewed = Of(inputs.Readings, inputs.Reviews());
        if (!inputs.Quarantines) return reviewed.Select(r => r with { Separates = false });
        IReadOnlyList<InvalidSpan> invalid = Records.Calibration.Invalid(inputs.Calibrations());
        return reviewed.Zip(inputs.Readings, (r, stored) =>
        {
            string? word = invalid.Any(s => s.Covers(r.Reading)) ? Calibration : stored.Doubt is null ? null : Clock;
            return word is null ? r : r with { Quarantine = word };
        });
    }

    /// <summary>
    /// Finds for each reading the review that rules: of those that cover it the one with the highest position, whole;
    /// the former ones have no part in it. A reading that came twice is one reading, known since it came first, so that
    /// sending it again does not undo a review.
    /// </summary>
    /// <param name="readings">Readings of one section.</param>
    /// <param name="reviews">Reviews of it, in order of position.</param>
    /// <returns>As many as the readings, in their order.</returns>
    public static IEnumerable<ReviewedReading> Of(IReadOnlyList<StoredReading> readings, IReadOnlyList<Review> reviews)
    {
        if (reviews.Count == 0) return readings.Select(r => new ReviewedReading(r.Reading));
        Dictionary<Reading, long> known = [];
        foreach (StoredReading stored in readings)
        {
            Reading same = Same(stored.Reading);
            known[same] = Math.Min(stored.Position, known.GetValueOrDefault(same, long.MaxValue));
        }
        return readings.Select(r => new ReviewedReading(
            r.Reading, reviews.LastOrDefault(v => v.Covers(r.Reading, known[Same(r.Reading)]))));
    }

    // Two readings are the same where all but their place in the batch is.
    private static Reading Same(Reading reading) => reading with { Index = 0 };
}
