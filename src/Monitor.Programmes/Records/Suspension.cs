using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Registry;

namespace Monitor.Programmes.Records;

/// <summary>
/// An approved suspension of the judgement of a section over a period (works, dry, frozen, disaster), or its lifting. A
/// year's suspension takes in its months; a month's concerns the month's preliminary judgement alone.
/// </summary>
/// <param name="Section">Section id.</param>
/// <param name="Period">Label of a year or a month.</param>
/// <param name="Reason">Why, in the approver's words.</param>
/// <param name="IsLifting">Whether it ends a suspension.</param>
/// <param name="Person">The approver, who signed it.</param>
/// <param name="Position">Its place in the record; 0 where it is not stored yet.</param>
public sealed record Suspension(
    string Section, string Period, string Reason, bool IsLifting, Person Person, long Position = 0)
{
    /// <summary>Subject of the records about a section's period, as <c>section/OJ-05/2025</c>.</summary>
    public string Subject => SubjectOf(Section, Period);

    /// <summary>Subject of the records about a section's period.</summary>
    public static string SubjectOf(string section, string period) => $"section/{section}/{period}";

    /// <summary>What the approver signs: canonical JSON.</summary>
    public byte[] ToSign() => RecordBody.Write(json =>
    {
        json.WriteString("statement", IsLifting ? "lifting/1" : "suspension/1");
        json.WriteString("section", Section);
        json.WriteString("period", Period);
        json.WriteString("reason", Reason);
        SignedStatement.WriteSigner(json, Person);
    });

    /// <summary>Reads a record of kind suspension or lifting.</summary>
    /// <exception cref="InputException">The body is none, or its signature does not hold.</exception>
    public static Suspension Read(StoredRecord record) => RecordBody.Read(record, record.Kind.Name(), (json, person) =>
        new Suspension(
            RecordBody.Text(json, "section"), RecordBody.Text(json, "period"), RecordBody.Text(json, "reason"),
            record.Kind == RecordKind.Lifting, person, record.Position));

    /// <summary>
    /// What holds after all that was said, in the order of positions: the newest suspension that no later lifting of the
    /// same period ended; of a month, the year's goes first. Null where none holds.
    /// </summary>
    public static Suspension? InForce(IEnumerable<Suspension> said)
    {
        var newest = new SortedDictionary<string, Suspension>(StringComparer.Ordinal);
        foreach (Suspension one in said.OrderBy(s => s.Position)) newest[one.Period] = one;
        return newest.Values.FirstOrDefault(s => !s.IsLifting);
    }
}
