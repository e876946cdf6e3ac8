using System.Globalization;
using System.Security.Cryptography;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;

namespace Monitor.Tests.Programmes.Banks.Invariants;

/// <summary>
/// The nine laws of a bank's ledger, asked of the entries' own words. Each gives what is against it, or null.
/// </summary>
internal static class BankInvariants
{
    /// <summary>1: never more released than awarded, no milestone twice.</summary>
    public static string? ReleasedWithinAward(RandomBank bank)
    {
        (decimal awarded, decimal released) = (0, 0);
        HashSet<string> milestones = [];
        foreach (Words w in Of(bank))
        {
            if (w.Kind == LedgerKinds.Award) awarded += w.Credits;
            if (w.Kind != LedgerKinds.Release) continue;
            released += w.Credits;
            if (released > awarded) return $"#{w.Number}: {released} released of {awarded}";
            if (!milestones.Add(w.Text("milestone")!)) return $"#{w.Number}: {w.Text("milestone")} again";
        }
        return null;
    }

    /// <summary>2: available = released − sold − reduced − reserved, never below 0, at each entry and at the end.</summary>
    public static string? AvailableIsWhatIsLeft(RandomBank bank)
    {
        (decimal released, decimal sold, decimal reduced) = (0, 0, 0);
        HashSet<long> reservations = [];
        foreach (Words w in Of(bank))
        {
            CreditHoldings before = bank.Before[(int)w.Number - 1].Holdings;
            decimal left = released - sold - reduced - before.Reserved;
            if (before.Available != left || left < 0) return $"before #{w.Number}: {before.Available} available, {left} left";
            if (w.Kind == LedgerKinds.Reservation) reservations.Add(w.Number);
            if (w.Kind == LedgerKinds.Release) released += w.Credits;
            if (w.Kind == LedgerKinds.Correction && !reservations.Contains(w.Count("reverses")!.Value)) reduced -= w.Credits;
            if (w.Kind != LedgerKinds.Sale) continue;
            decimal there = w.Count("reservation") is long id ? before.FindHold(id)?.Held.Credits ?? 0 : left;
            if (w.Credits > there) return $"#{w.Number}: {w.Credits} sold of {there}";
            sold += w.Credits;
        }
        return null;
    }

    /// <summary>3: a serial number is in one state; what is sold stays sold.</summary>
    public static string? SerialsAreInOneState(RandomBank bank)
    {
        List<(long, long)> sold = [], reduced = [];
        decimal released = 0;
        HashSet<long> reservations = [];
        foreach (Words w in Of(bank))
        {
            if (w.Kind == LedgerKinds.Reservation) reservations.Add(w.Number);
            if (w.Kind == LedgerKinds.Release) released += w.Credits;
            bool moves = w.Kind == LedgerKinds.Sale
                || (w.Kind == LedgerKinds.Correction && !reservations.Contains(w.Count("reverses")!.Value));
            if (!moves) continue;
            IReadOnlyList<(long First, long Last)> numbers = w.Serials;
            decimal counted = numbers.Sum(r => r.Last - r.First + 1) / 10_000m;
            if (counted != Math.Abs(w.Credits)) return $"#{w.Number}: {counted} numbered, {w.Credits} said";
            if (numbers.Any(r => r.First < 1 || r.Last > released * 10_000)) return $"#{w.Number}: numbers never released";
            if (Words.Overlap(numbers, sold)) return $"#{w.Number} moves numbers that are sold";
            bool restores = w.Kind == LedgerKinds.Correction && w.Credits > 0;
            if (restores)
            {
                if (numbers.Any(r => !reduced.Contains(r))) return $"#{w.Number} gives back what was not taken";
                reduced.RemoveAll(r => numbers.Contains(r));
                continue;
            }
            if (Words.Overlap(numbers, reduced)) return $"#{w.Number} moves numbers that were taken back";
            (w.Kind == LedgerKinds.Sale ? sold : reduced).AddRange(numbers);
        }
        return null;
    }

    /// <summary>4: append-only; a correction is an entry with reason and another approver; no sale is reversed.</summary>
    public static string? CorrectionsAreEntries(RandomBank bank)
    {
        IReadOnlyList<Words> all = Of(bank);
        for (int i = 0; i < all.Count; i++)
        {
            if (!all[i].Entry.Bytes.Span.SequenceEqual(bank.Sealed[i])) return $"#{i + 1} is not what was sealed";
        }
        foreach (Words w in all.Where(w => w.Kind == LedgerKinds.Correction))
        {
            if (w.Count("reverses") is not long number || number >= w.Number) return $"#{w.Number} reverses nothing";
            Words former = all[(int)number - 1];
            if (former.Kind == LedgerKinds.Sale) return $"#{w.Number} reverses the sale #{number}";
            if (string.IsNullOrEmpty(w.Text("reason"))) return $"#{w.Number} has no reason";
            if (w.Text("role", "signer") != "approver") return $"#{w.Number} is signed by a {w.Text("role", "signer")}";
            if (w.Text("person", "signer") == former.Text("person", "signer")) return $"#{w.Number} is signed by the same";
        }
        return null;
    }

    /// <summary>5: every hash holds, over the stored bytes, up to the head.</summary>
    public static string? ChainHolds(RandomBank bank)
    {
        string previous = new('0', 64);
        foreach (LedgerEntry entry in bank.Entries)
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(entry.Bytes.Span));
            if (hash != entry.Hash) return $"#{entry.Number} hashes to {hash}";
            if (!entry.Bytes.Span.IndexOf(System.Text.Encoding.ASCII.GetBytes($"\"prev\":\"{previous}\"")).Equals(
                entry.Bytes.Span.IndexOf("\"prev\":"u8))) return $"#{entry.Number} follows another entry";
            previous = hash;
        }
        LedgerVerdict verdict = LedgerChain.Verify(
            bank.Entries.Select(e => e.ToLine()), LedgerHead.After(bank.Entries[^1]));
        return verdict.Intact ? null : verdict.Reason;
    }

    /// <summary>6: what a release rests on is there by hash, and every judgement comes out the same from what was kept.</summary>
    public static string? DecisionsReplay(RandomBank bank)
    {
        IReadOnlyList<Words> all = Of(bank);
        foreach (Words w in all.Where(w => w.Kind == LedgerKinds.Assessment && w.Entry.Key.StartsWith("assessment/", Ordinal)))
        {
            string hash = w.Entry.Evidence ?? "";
            if (!bank.Kept.TryGetValue(hash, out byte[]? kept)) return $"#{w.Number}: no evidence";
            if (Replay(w, kept, hash) is string fault) return fault;
        }
        foreach (Words w in all.Where(w => w.Kind == LedgerKinds.Release))
        {
            if (w.Text("definition") != RandomBank.Programme.Text.Sha256) return $"#{w.Number}: other terms";
            Words shown = all[(int)w.Count("assessment")!.Value - 1], asked = all[(int)w.Count("completes")!.Value - 1];
            bool isSame = w.Text("assessmentHash") == shown.Entry.Hash && w.Text("completesHash") == asked.Entry.Hash
                && asked.Count("assessment") == shown.Number && asked.Text("credits") == w.Text("credits");
            decimal part = RandomBank.Programme.CreditsOf(
                RandomBank.Bank, RandomBank.Programme.FindMilestone(w.Text("milestone")!)!);
            if (!isSame || part != w.Credits) return $"#{w.Number} rests on something else";
        }
        BankAccount again = BankAccount.Of(RandomBank.Programme.Id, RandomBank.Bank.Id, bank.Entries, bank.Book);
        bool folds = again.Holdings.Sold.Equals(bank.Account.Holdings.Sold) && again.Released == bank.Account.Released
            && again.At(bank.Now).Holdings.Free.Equals(bank.Account.At(bank.Now).Holdings.Free);
        return folds ? null : "the ledger read again gives another account";
    }

    /// <summary>7: while a suspension stands nothing is released, reserved or sold.</summary>
    public static string? SuspendedMeansStopped(RandomBank bank)
    {
        HashSet<long> standing = [];
        foreach (Words w in Of(bank))
        {
            if (w.Kind == LedgerKinds.Suspension) standing.Add(w.Number);
            if (w.Kind == LedgerKinds.Lifting) standing.Remove(w.Count("lifts")!.Value);
            bool isStopped = w.Kind is LedgerKinds.Release or LedgerKinds.Reservation or LedgerKinds.Sale;
            if (isStopped && standing.Count > 0) return $"#{w.Number} is a {w.Kind} under suspension";
        }
        return null;
    }

    /// <summary>8: a sale names a permit, the bank's class, and a place inside the area or an exception of two persons.</summary>
    public static string? SalesNameTheirUse(RandomBank bank)
    {
        IReadOnlyList<Words> all = Of(bank);
        foreach (Words w in all.Where(w => w.Kind == LedgerKinds.Sale))
        {
            if (string.IsNullOrEmpty(w.Text("permit"))) return $"#{w.Number} names no permit";
            if (w.Text("class") != "freshwater-marsh") return $"#{w.Number} sells {w.Text("class")}";
            decimal longitude = decimal.Parse(w.Text("longitude", "place")!, CultureInfo.InvariantCulture);
            string basin = w.Text("basinCode", "place") ?? "";
            // The shipped areas are boxes: primary to 120.3° E with basin 330102, secondary 118.6–121 with 3301 at × 1.5.
            decimal? times = longitude is >= 119.0m and <= 120.3m && basin.StartsWith("330102", Ordinal) ? 1
                : longitude is >= 118.6m and <= 121.0m && basin.StartsWith("3301", Ordinal) ? 1.5m
                : null;
            if (w.Count("completes") is long number)
            {
                Words asked = all[(int)number - 1];
                int signatures = all.Count(a => a.Kind == LedgerKinds.Approval && a.Count("entry") == number);
                bool isMine = asked.Text("permit") == w.Text("permit") && signatures == 2;
                times = isMine ? decimal.Parse(asked.Text("multiplier")!, CultureInfo.InvariantCulture) : null;
            }
            if (times is not decimal factor) return $"#{w.Number} is used where the area does not reach";
            decimal required = decimal.Parse(w.Text("required")!, CultureInfo.InvariantCulture);
            decimal wanted = decimal.Ceiling(required * factor * 10_000) / 10_000;
            if (wanted != w.Credits) return $"#{w.Number} debits {w.Credits} for {required} × {factor}";
        }
        return null;
    }

    /// <summary>
    /// 9: what came later changes no entry, and a judgement that fails after a pass is seen: proposed, or to be proposed.
    /// </summary>
    public static string? LateDataOnlyRaise(RandomBank bank)
    {
        IReadOnlyList<Words> judged = [.. Of(bank).Where(
            w => w.Kind == LedgerKinds.Assessment && w.Entry.Key.StartsWith("assessment/", Ordinal))];
        foreach (Words w in judged)
        {
            if (!w.Entry.Bytes.Span.SequenceEqual(bank.Sealed[(int)w.Number - 1])) return $"#{w.Number} was changed";
            if (judged.Count(o => o.Text("scene") == w.Text("scene")) > 1) return $"#{w.Number} judges a scene again";
        }
        // The year that is over and was judged last: by the time of its scenes, whenever they came in.
        int year = Period.DayOf(bank.Now, RandomBank.Programme.Zone).Year;
        Words? last = judged.Where(w => w.Text("outcome") != "inconclusive" && YearOf(w) < year)
            .OrderBy(w => w.Text("scene"), StringComparer.Ordinal).LastOrDefault();
        if (last?.Text("outcome") != "fail") return null;
        bool passed = judged.Any(w => w.Text("outcome") == "pass"
            && string.CompareOrdinal(w.Text("scene"), last.Text("scene")) < 0);
        if (!passed) return null;
        bool isProposed = Of(bank).Any(w => w.Kind == LedgerKinds.Proposal && w.Count("shows") == last.Number);
        return isProposed || bank.Seen.Any(t => t.Shows == last.Number && t.Subject == "cover")
            ? null
            : $"#{last.Number} fails after a pass, and nobody is told";
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static IReadOnlyList<Words> Of(RandomBank bank) => [.. bank.Entries.Select(e => new Words(e))];

    private static int YearOf(Words w) => Period.DayOf(
        Instant.From(DateTimeOffset.Parse(w.Text("scene")!, CultureInfo.InvariantCulture)),
        RandomBank.Programme.Zone).Year;

    private static string? Replay(Words w, byte[] kept, string hash)
    {
        (_, JudgementInputs inputs) = AssessmentEvidence.Read(kept, hash);
        Instant taken = Instant.From(DateTimeOffset.Parse(
            w.Text("scene")!, CultureInfo.InvariantCulture));
        MilestoneAssessment? again = RandomBank.Assess(taken, inputs.Readings.Select(r => r.Reading));
        bool isSame = again is not null && MilestoneJudgement.Write(again).AsSpan().SequenceEqual(w.Entry.Body.Span);
        return isSame ? null : $"#{w.Number} comes out otherwise from its evidence";
    }
}
