using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Documents;

/// <summary>One movement under the field names of the RIBITS ledger; null where it has nothing of the kind.</summary>
/// <param name="Id">TRANSACTION_ID: number of the ledger entry; null of a reservation that ended by itself.</param>
/// <param name="Type">TRANSACTION_TYPE: the entry's kind.</param>
/// <param name="Jurisdiction">JURISDICTION: who issues by the programme.</param>
/// <param name="Date">TRANSACTION_DATE: civil day in the programme's zone, as 2026-03-31.</param>
/// <param name="Credits">CREDITS: with a minus where they are debited or taken back; a reservation stands without.</param>
/// <param name="CreditType">CREDIT_TYPE_LIST: the class.</param>
/// <param name="Classification">CREDIT_CLASSIFICATION: the method and unit they were determined by.</param>
/// <param name="Comment">COMMENT: milestone, contract, permit or reason.</param>
/// <param name="IsTransferred">IS_TRANSFERRED of a sale: whether responsibility has passed.</param>
/// <param name="IsPurchased">IS_PURCHASED: whether it is a sale.</param>
/// <param name="Serials">SERIAL_NUMBERS, which RIBITS has not.</param>
/// <param name="Available">AVAILABLE_AFTER, which RIBITS has not.</param>
public sealed record RibitsRow(
    long? Id, string Type, string Jurisdiction, string Date, string Credits, string CreditType, string Classification,
    string Comment, bool? IsTransferred, bool IsPurchased, string Serials, string Available);

/// <summary>
/// The annual ledger report for machines, under RIBITS' field names, so that whoever reads those ledgers reads this one. ACRES is
/// always null: credits here are of the determination's unit, and no area stands behind a single movement.
/// </summary>
public static class RibitsLedger
{
    private static readonly string[] Columns =
    [
        "TRANSACTION_ID", "TRANSACTION_TYPE", "JURISDICTION", "TRANSACTION_DATE", "CREDITS", "ACRES", "CREDIT_TYPE_LIST",
        "CREDIT_CLASSIFICATION", "COMMENT", "IS_TRANSFERRED", "IS_PURCHASED", "SERIAL_NUMBERS", "AVAILABLE_AFTER",
    ];

    /// <summary>The movements of the year, in ledger order.</summary>
    public static IReadOnlyList<RibitsRow> Rows(AnnualContext c) =>
        [.. c.Lines.Where(l => YearOf(c, l) == c.Year).Select(l => Row(c, l))];

    /// <summary>One JSON object: the bank, its balances, <c>LEDGER</c> with the rows; credits are strings.</summary>
    public static byte[] Json(AnnualContext c)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("BANK_ID", c.Bank.Id);
            json.WriteString("BANK_NAME", c.Bank.Name.English);
            json.WriteString("PROGRAM", c.Programme.Id);
            json.WriteNumber("YEAR", c.Year);
            CreditHoldings opening = c.Lines.LastOrDefault(l => YearOf(c, l) < c.Year)?.After ?? CreditHoldings.Empty;
            Write(json, "OPENING", opening);
            Write(json, "CLOSING", c.Lines.LastOrDefault(l => YearOf(c, l) <= c.Year)?.After ?? opening);
            json.WriteStartArray("LEDGER");
            foreach (RibitsRow row in Rows(c)) Write(json, row);
            json.WriteEndArray();
            json.WriteNumber("HEAD", c.Head);
            json.WriteString("HEAD_HASH", c.HeadHash);
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The rows as CSV (RFC 4180, with its line ends), the first line with the field names.</summary>
    public static byte[] Csv(AnnualContext c)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', Columns)).Append("\r\n");
        foreach (RibitsRow r in Rows(c))
        {
            string?[] cells =
            [
                r.Id?.ToString(CultureInfo.InvariantCulture), r.Type, r.Jurisdiction, r.Date, r.Credits, null, r.CreditType,
                r.Classification, r.Comment, YesNo(r.IsTransferred), YesNo(r.IsPurchased), r.Serials, r.Available,
            ];
            text.Append(string.Join(',', cells.Select(Cell))).Append("\r\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static RibitsRow Row(AnnualContext c, AccountLine line)
    {
        SoldPart? sold = line.Kind == LedgerKinds.Sale ? c.Account.Sales.FirstOrDefault(s => s.Entry == line.Entry) : null;
        return new RibitsRow(
            line.Entry, line.Kind, c.Programme.Issuer.English,
            Period.DayOf(line.SealedAt, c.Programme.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            (line.Credits < 0 ? "-" : "") + CreditAward.Text(Math.Abs(line.Credits)), c.Bank.Class,
            $"{(c.Account.Award?.Method ?? c.Bank.Method.Words).Split(':')[0]} {c.Programme.CreditUnit}",
            line.Permit is string permit ? $"{line.Subject} · {permit}" : line.Subject,
            sold is null ? null : sold.Transfer is not null, sold is not null, line.Serials,
            CreditAward.Text(line.After.Available));
    }

    private static void Write(Utf8JsonWriter json, string name, CreditHoldings balance)
    {
        json.WriteStartObject(name);
        json.WriteString("RELEASED", CreditAward.Text(balance.Released));
        json.WriteString("SOLD", CreditAward.Text(balance.Sold.Credits));
        json.WriteString("RESERVED", CreditAward.Text(balance.Reserved));
        json.WriteString("TAKEN_BACK", CreditAward.Text(balance.Reduced.Credits));
        json.WriteString("AVAILABLE", CreditAward.Text(balance.Available));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RibitsRow r)
    {
        json.WriteStartObject();
        if (r.Id is long id) json.WriteNumber(Columns[0], id);
        else json.WriteNull(Columns[0]);
        json.WriteString(Columns[1], r.Type);
        json.WriteString(Columns[2], r.Jurisdiction);
        json.WriteString(Columns[3], r.Date);
        json.WriteString(Columns[4], r.Credits);
        json.WriteNull(Columns[5]);
        json.WriteString(Columns[6], r.CreditType);
        json.WriteString(Columns[7], r.Classification);
        json.WriteString(Columns[8], r.Comment);
        json.WriteString(Columns[9], YesNo(r.IsTransferred));
        json.WriteString(Columns[10], YesNo(r.IsPurchased));
        json.WriteString(Columns[11], r.Serials);
        json.WriteString(Columns[12], r.Available);
        json.WriteEndObject();
    }

    private static string? YesNo(bool? said) => said is bool yes ? (yes ? "Y" : "N") : null;

    // A cell that a spreadsheet would take for a formula begins with an apostrophe; a sign before digits is a number.
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        bool isNumber = decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _);
        string safe = !isNumber && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? safe
            : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static int YearOf(AnnualContext c, AccountLine line) => Period.DayOf(line.SealedAt, c.Programme.Zone).Year;
}
