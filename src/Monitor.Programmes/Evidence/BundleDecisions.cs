using Monitor.Domain;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Registers;

namespace Monitor.Programmes.Evidence;

/// <summary>Checks who decided on the entry of a bundle.</summary>
internal static class BundleDecisions
{
    /// <summary>
    /// Checks signatures and the four-eyes rule, and names the signers with their keys: whether a key is that person's, the
    /// reader must know from elsewhere.
    /// </summary>
    /// <exception cref="InputException">A decision that the entry rests on does not hold.</exception>
    internal static string Check(BundleBook decisions, PersonRoll? persons, LedgerEntry target)
    {
        DecisionBook book = decisions.Book;
        DecisionCase? decided = book.Find(target.Number) ?? book.Cases.FirstOrDefault(c => c.Result == target.Number);
        decisions.RequireSound(target);
        if (decided is null) return $"entry {target.Number} is of kind {target.Kind}, which nobody decides";
        string signers = decided.Approvals.Count == 0
            ? "nobody yet"
            : string.Join("; ", decided.Approvals.Select(a =>
                $"{a.Decision.Person.Name} (entry {a.Number}, key {a.Decision.Person.Key})"));
        return decided.Rejection is SealedDecision no
            ? $"rejected by {no.Decision.Person.Name}: {no.Decision.Reason}"
            : $"approved by {signers}" + Words(persons, decided);
    }

    // An approval of an unregistered key does not count, so that whoever is named here was registered.
    private static string Words(PersonRoll? persons, DecisionCase decided) => decided.Approvals.Count == 0 ? ""
        : persons is null ? "; the bundle has no register of persons, so compare the keys with what was made known"
        : "; registered with these keys at position " + string.Join(" and ", decided.Approvals.Select(a => persons.All
            .First(p => p.Person.Key == a.Decision.Person.Key).Position));
}
