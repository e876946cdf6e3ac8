using Monitor.Domain.Readings;

namespace Monitor.Domain.Registry;

/// <summary>A record beside the readings, with its place in the one position sequence. Equal when all of it is, byte for
/// byte.</summary>
/// <param name="Position">Its position; no reading has the same.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Key">Its name.</param>
/// <param name="RecordedAt">When it was stored, by the clock of the program that stored it.</param>
/// <param name="Body">One JSON object, as it was given.</param>
public sealed record StoredRecord(
    long Position, RecordKind Kind, string Subject, string Key, Instant RecordedAt, ReadOnlyMemory<byte> Body)
{
    /// <inheritdoc/>
    public bool Equals(StoredRecord? other) => other is not null
        && Position == other.Position && Kind == other.Kind && Subject == other.Subject && Key == other.Key
        && RecordedAt == other.RecordedAt && Body.Span.SequenceEqual(other.Body.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Position, Key);

    /// <summary>Whether it says what a draft says.</summary>
    public bool Says(RecordDraft draft) => Kind == draft.Kind && Subject == draft.Subject && Key == draft.Key
        && Body.Span.SequenceEqual(draft.Body.Span);
}
