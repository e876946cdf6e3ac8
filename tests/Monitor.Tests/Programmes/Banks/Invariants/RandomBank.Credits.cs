using System.Globalization;
using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;
using Monitor.Tests.Ledger.Decisions;

namespace Monitor.Tests.Programmes.Banks.Invariants;

/// <content>Credits move.</content>
internal sealed partial class RandomBank
{
    // Permit, class and place of a sale: two good ones, an outer tier, and one of each fault.
    private static readonly (string Permit, string Class, string Longitude, string Latitude, string? Basin)[] Uses =
    [
        ("X-1", "freshwater-marsh", "119.92", "28.45", "33010203"),
        ("X-2", "freshwater-marsh", "119.92", "28.45", "33010203"),
        ("X-3", "freshwater-marsh", "120.5", "28.45", "33019999"),
        ("X-4", "freshwater-marsh", "119.5", "28.1", "33010203"),
        ("", "freshwater-marsh", "119.92", "28.45", "33010203"),
        ("X-5", "peat-bog", "119.92", "28.45", "33010203"),
        ("X-6", "freshwater-marsh", "100", "28.45", "44"),
        ("X-7", "freshwater-marsh", "119.92", "28.45", "44"),
    ];

    /// <summary>How many reservations ended by themselves.</summary>
    public int Expired => Account.Reservations.Count(r => r.Reservation.Ends <= now.UnixMilliseconds);

    private void Reserve(Signer who, decimal credits, int days)
    {
        if (law.FaultOfReservation(Standing, Dossier, credits, Today) is not null) return;
        string reference = $"HT-{entries.Count}";
        State(
            LedgerKinds.Reservation, CreditReservation.Key(Programme.Id, Bank.Id, reference), new CreditReservation(
                Programme.Id, Programme.Version, Text.Sha256, Bank.Id, reference, CreditAward.Text(credits),
                Programme.CreditUnit, Bank.Class, "甲公司", "", now.UnixMilliseconds + (days * 86_400_000L)), who);
    }

    private void Sell(Signer who, decimal required, long? reservation, int use)
    {
        BankAccount account = Standing;
        // An exception is used soon, where one was approved.
        if (reservation is null && Excepted("X-6", "100").Exception is not null) use = 6;
        (string permit, string kind, string longitude, string latitude, string? basin) = Uses[use % Uses.Length];
        ServiceAreaFinding found = Bank.ServiceArea!.Find(
            double.Parse(longitude, CultureInfo.InvariantCulture), double.Parse(latitude, CultureInfo.InvariantCulture), basin);
        (DecisionCase? decided, AreaException? exception) = Excepted(permit, longitude);
        decimal multiplier = exception is not null
            ? CreditAward.Number(exception.Multiplier)
            : found.Tier?.Multiplier ?? 1;
        decimal credits = decimal.Round(required * multiplier, 4, MidpointRounding.ToPositiveInfinity);
        if (law.FaultOfSale(account, Dossier, credits, reservation, Today) is not null) return;
        CreditHold? hold = reservation is long id ? account.Holdings.FindHold(id) : null;
        string text = CreditAward.Text(credits);
        string reference = $"S-{entries.Count}";
        var sale = new CreditSale(
            Programme.Id, Programme.Version, Text.Sha256, Bank.Id, reference, CreditAward.Text(required), text,
            Programme.CreditUnit, kind, "", permit, "乙公司", null,
            new SalePlace(
                longitude, latitude, basin, Bank.ServiceArea.Version, found.Tier?.Id, found.ByPolygon, found.ByCode,
                multiplier.ToString(CultureInfo.InvariantCulture)),
            null, null, reservation, law.Serials(account, credits, hold).ToString(), account.AwardEntry!.Value,
            CreditAward.Text(account.Released), "", "", decided?.Entry, decided?.Hash, "documents/none.html", LedgerHash.Zero);
        if (law.FaultOfUse(sale, exception) is not null) return;
        State(LedgerKinds.Sale, CreditSale.Key(Programme.Id, Bank.Id, reference), sale, who);
    }

    // The approved exception for a permit and place that no sale has used.
    private (DecisionCase? Case, AreaException? Exception) Excepted(string permit, string longitude)
    {
        foreach (DecisionCase decided in Book.Cases.Where(c => c is { IsApproved: true, Result: null }))
        {
            AreaException? exception = AreaException.Read(entries[(int)decided.Entry - 1]);
            if (exception?.Permit == permit && exception.Longitude == longitude) return (decided, exception);
        }
        return (null, null);
    }

    private void Except(Signer who, int which)
    {
        (string permit, _, string longitude, string latitude, _) = Uses[which < 9 ? 6 : 7];
        var exception = new AreaException(
            AreaException.Word, Programme.Id, Programme.Version, Bank.Id, permit, longitude, latitude, "2", "他处无可用信用",
            "request.txt", LedgerHash.Zero, PreparedBy.Of(who.Person));
        Seal(LedgerKinds.Proposal, $"proposal/{Programme.Id}/{Bank.Id}/area-exception/{entries.Count}", exception.Write());
    }

    private void Transfer(Signer who, int which)
    {
        if (Account.Sales.Count == 0) return;
        long sale = Account.Sales[which % Account.Sales.Count].Entry;
        State(
            LedgerKinds.Transfer, ResponsibilityTransfer.Key(sale), new ResponsibilityTransfer(
                Programme.Id, Bank.Id, sale, "乙公司", "银行", "transfer.txt", LedgerHash.Zero), who);
    }

    private void Correct(Signer who, int which, decimal? credits)
    {
        // Anything that may be corrected, and a sale, which may not.
        long[] targets =
        [
            .. Account.Releases.Select(r => r.Entry), .. Standing.Holdings.Holds.Select(h => h.Id),
            .. Account.Corrections.Select(c => c.Entry), .. Account.Sales.Select(s => s.Entry),
        ];
        if (targets.Length == 0) return;
        long reverses = targets[which % targets.Length];
        if (law.Correction(Standing, reverses, credits) is not (SerialSet numbers, bool frees)) return;
        Person? signer = SignedStatement.SignerOf(entries[(int)reverses - 1].Body.Span, out _);
        int former = Account.Corrections.Count(c => c.Correction.Reverses == reverses);
        State(
            LedgerKinds.Correction, $"correction/{reverses}/{former + 1}", new CreditCorrection(
                Programme.Id, Bank.Id, reverses, (frees ? "" : "-") + CreditAward.Text(numbers.Credits), numbers.ToString(),
                "误登"), who, signer);
    }

    private void Suspend(Signer who)
    {
        if (CreditMovements.FaultOfSuspension(Standing) is not null) return;
        State(
            LedgerKinds.Suspension, $"suspension/{Programme.Id}/{Bank.Id}/{Account.Suspensions.Count + 1}",
            new BankSuspension(Programme.Id, Bank.Id, "late-report", "年度报告逾期"), who);
    }

    private void Lift(Signer who)
    {
        if (Account.Suspended is not SuspendedPart standing) return;
        State(
            LedgerKinds.Lifting, BankLifting.Key(standing.Entry),
            new BankLifting(Programme.Id, Bank.Id, standing.Entry, "已整改"), who);
    }
}
