using Monitor.Domain.Readings;
using Monitor.Programmes.Records;

namespace Monitor.Programmes.Judgements;

/// <summary>A review and the readings of the period that it decided.</summary>
/// <param name="Review">The review.</param>
/// <param name="Raw">The values as they were reported, in the order of time; equal ones at one moment once.</param>
public sealed record AppliedReview(Review Review, IReadOnlyList<ReportedValue> Raw)
{
    internal static IReadOnlyList<AppliedReview> Of(IEnumerable<ReviewedReading> readings) =>
        [.. readings.Where(r => r.Review is not null)
            .GroupBy(r => r.Review!.Position)
            .OrderBy(g => g.Key)
            .Select(g => new AppliedReview(g.First().Review!, [.. g
                .DistinctBy(r => (r.Reading.Time, r.Reading.Value, r.Reading.Status))
                .OrderBy(r => r.Reading.Time).ThenBy(r => r.Reading.Value.ToDecimal())
                .Select(r => r.Reading.Value)]))];
}
