using Monitor.Domain.People;
using Monitor.Ledger;

namespace Monitor.Programmes.Banks;

/// <summary>Who may sign which statement of a bank: the desk asks before it seals, an audit asks again.</summary>
public static class StatementSigner
{
    /// <summary>Sponsors keep the bank's books, approvers may too; who only checks or runs stations does not.</summary>
    public static bool MayTrade(PersonRole role) => role is PersonRole.Sponsor or PersonRole.Approver;

    /// <summary>Who orders what a bank may do.</summary>
    public static bool MayOrder(PersonRole role) => role is PersonRole.Approver;

    /// <summary>Why this person may not have signed a statement; null where nothing is against it.</summary>
    /// <param name="kind">The entry's kind.</param>
    /// <param name="signer">Who signed.</param>
    /// <param name="reversed">Who signed the entry that a correction reverses; null where nobody did, or it is none.</param>
    public static string? FaultOf(string kind, Person signer, Person? reversed)
    {
        bool isTrade = kind is LedgerKinds.Reservation or LedgerKinds.Sale or LedgerKinds.Transfer;
        if (isTrade ? !MayTrade(signer.Role) : !MayOrder(signer.Role))
        {
            return $"{signer.Name} is registered as {signer.Role.Name()} and signed a {kind}";
        }
        return kind == LedgerKinds.Correction && reversed?.Name == signer.Name
            ? $"{signer.Name} signed what the correction reverses"
            : null;
    }
}
