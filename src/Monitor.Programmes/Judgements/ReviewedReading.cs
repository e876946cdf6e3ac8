using Monitor.Domain.Readings;
using Monitor.Programmes.Records;

namespace Monitor.Programmes.Judgements;

/// <summary>A reading and the review that rules over it.</summary>
/// <param name="Reading">The reading as it came.</param>
/// <param name="Review">The newest review that covers it; null where there is none.</param>
public sealed record ReviewedReading(Reading Reading, Review? Review = null)
{
    /// <summary>The value that stands: the corrected one, else the reported one.</summary>
    public ReportedValue Value => Review?.Value ?? Reading.Value;

    /// <summary>The mark that stands: who corrects a value has dealt with what its device said of it.</summary>
    public string Status => Review?.Verdict == ReviewVerdict.Correct ? DeviceStatus.Normal : Reading.Status;

    /// <summary>Whether a person took it out.</summary>
    public bool IsRejected => Review?.Verdict == ReviewVerdict.Reject;

    /// <summary>Whether a person stands for its value.</summary>
    public bool IsBacked => Review?.Verdict is ReviewVerdict.Accept or ReviewVerdict.Correct;

    /// <summary>
    /// Finds for each reading the review that rules: of those that cover it the one with the highest position, whole; the
    /// former ones have no part in it. A reading that came twice is one reading, known since it came first, so that
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
