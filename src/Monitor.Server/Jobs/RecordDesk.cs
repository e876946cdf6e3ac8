using System.Security.Cryptography;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Records;
using Monitor.Server.People;

namespace Monitor.Server.Jobs;

/// <summary>Keeps what registered persons say of readings and judgements, signed, beside the readings.</summary>
/// <param name="record">The readings.</param>
/// <param name="registry">Where it is kept, in the same position sequence.</param>
/// <param name="clock">Gives the time of recording.</param>
public sealed class RecordDesk(IReadingStore record, IRegistryStore registry, TimeProvider clock)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonLengthMax = 1000;

    /// <summary>
    /// Keeps a review. The newest review of the measurand said again by the same person is a no-op; after another one
    /// it is a new review, since the newest rules.
    /// </summary>
    /// <param name="draft">The review; its person is the signatory's.</param>
    /// <param name="signatory">A reviewer or an approver.</param>
    /// <returns>The review as it is kept, and how many readings it covers.</returns>
    /// <exception cref="InputException">The span, the value, the role or the reason will not do.</exception>
    public (Review Review, int Readings) Keep(Review draft, Signatory signatory)
    {
        Require(signatory, PersonRole.Reviewer, PersonRole.Approver);
        RequireReason(draft.Reason);
        if (draft.To <= draft.From) throw new InputException(
            $"The span ends at {draft.To}, not after its beginning.",
            "--to is the first moment after: for one reading at T, say --from T --to T plus a second.", field: "--to");
        if (draft.Value?.Qualifier == Qualifier.Above) throw new InputException(
            $"{draft.Value} is a bound, not a value.", "Give the value that counts, or --reject the readings.",
            field: "--correct");
        Review review = draft with { Person = signatory.Person };
        long position = registry.LastPosition;
        int covered = Covered(review with { Position = position + 1 });
        if (covered == 0) throw new InputException(
            $"There is no reading of {review.Series} from {review.From} until {review.To}.",
            "`monitor readings SECTION` lists what is there.", field: "SERIES");

        // Of the whole measurand: what was said of one of its instruments later than of all would rule otherwise.
        IReadOnlyList<StoredRecord> former = registry.Read(new RecordQuery
        {
            Kind = RecordKind.Review,
            Subject = (review.Series with { Instrument = null }).Subject,
        });
        Review? newest = former.Count == 0 ? null : Review.Read(former[^1]);
        bool isSaid = newest is not null && newest.ToSign().AsSpan().SequenceEqual(review.ToSign());
        if (isSaid) return (newest!, Covered(newest!));
        StoredRecord kept = Append(
            RecordKind.Review, review.Series.Subject, $"review/{former.Count + 1}", review.ToSign(), signatory);
        return (Review.Read(kept), covered);
    }

    /// <summary>Keeps a suspension or a lifting. What holds already is a no-op.</summary>
    /// <param name="draft">The suspension or lifting; its person is the signatory's.</param>
    /// <param name="signatory">An approver.</param>
    /// <exception cref="InputException">
    /// The role or the reason will not do, it is suspended for another reason, or there is nothing to lift.
    /// </exception>
    public Suspension Keep(Suspension draft, Signatory signatory)
    {
        Require(signatory, PersonRole.Approver);
        RequireReason(draft.Reason);
        Suspension suspension = draft with { Person = signatory.Person };
        IReadOnlyList<StoredRecord> former = [.. registry.Read(new RecordQuery { Subject = suspension.Subject })
            .Where(r => r.Kind is RecordKind.Suspension or RecordKind.Lifting)];
        Suspension? newest = former.Count == 0 ? null : Suspension.Read(former[^1]);
        if (newest is not null && newest.ToSign().AsSpan().SequenceEqual(suspension.ToSign())) return newest;
        string place = $"{suspension.Section} {suspension.Period}";
        bool holds = newest is { IsLifting: false };
        if (suspension.IsLifting && !holds) throw new InputException(
            $"The judgement of {place} is not suspended.", "There is nothing to lift.", field: "SECTION");
        if (!suspension.IsLifting && holds) throw new InputException(
            $"The judgement of {place} is suspended already by {newest!.Person.Name}, who says: \"{newest.Reason}\".",
            "Lift that suspension first with --lift, if the reason has changed.", field: "SECTION");
        StoredRecord kept = Append(
            suspension.IsLifting ? RecordKind.Lifting : RecordKind.Suspension, suspension.Subject,
            $"suspension/{former.Count + 1}", suspension.ToSign(), signatory);
        return Suspension.Read(kept);
    }

    /// <summary>Keeps the outcome of a check of an instrument. The same said again by the same person is a no-op.</summary>
    /// <param name="draft">The check; its person is the signatory's.</param>
    /// <param name="signatory">An operator, a reviewer or an approver.</param>
    /// <exception cref="InputException">The role or the reason will not do, or the check lies in the future.</exception>
    public Calibration Keep(Calibration draft, Signatory signatory)
    {
        Require(signatory, PersonRole.Operator, PersonRole.Reviewer, PersonRole.Approver);
        RequireReason(draft.Reason);
        if (draft.At > Instant.From(clock.GetUtcNow())) throw new InputException(
            $"{draft.At} is still to come.", "Say when the check was made.", field: "--at");
        Calibration check = draft with { Person = signatory.Person };
        byte[] toSign = check.ToSign();
        StoredRecord? said = registry
            .Read(new RecordQuery { Kind = RecordKind.Calibration, Subject = check.Series.Subject })
            .FirstOrDefault(r => Calibration.Read(r).ToSign().AsSpan().SequenceEqual(toSign));
        return Calibration.Read(said ?? Append(
            RecordKind.Calibration, check.Series.Subject, "calibration", toSign, signatory));
    }

    private StoredRecord Append(RecordKind kind, string subject, string prefix, byte[] toSign, Signatory signatory)
    {
        // The count makes saying it again after the contrary a record of its own; the hash keeps two persons apart.
        string key = $"{prefix}/{Convert.ToHexStringLower(SHA256.HashData(toSign))}";
        return registry.Append(
            new RecordDraft(kind, subject, key, SignedStatement.Sign(toSign, signatory.Sign)),
            Instant.From(clock.GetUtcNow()));
    }

    private int Covered(Review review) => Enum.GetValues<Statistic>().Sum(statistic => record
        .Read(new ReadingQuery(review.Series.Section, statistic, review.From, review.To, review.Position))
        .Count(r => review.Covers(r.Reading, r.Position)));

    private static void Require(Signatory signatory, params PersonRole[] roles)
    {
        if (roles.Contains(signatory.Person.Role)) return;
        throw new InputException(
            $"{signatory.Person.Name} is registered as {signatory.Person.Role.Name()}, who may not do this.",
            $"Sign with the key of: {string.Join(", ", roles.Select(r => r.Name()))}.", field: "--key");
    }

    private static void RequireReason(string reason)
    {
        if (reason.Trim().Length is 0 or > ReasonLengthMax) throw new InputException(
            "The reason is empty or too long.", $"Say why in 1 to {ReasonLengthMax} characters.", field: "--reason");
    }
}
