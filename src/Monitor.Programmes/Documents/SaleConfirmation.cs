using System.Globalization;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Documents;

/// <summary>What a confirmation of sale prints.</summary>
/// <param name="Programme">The terms.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Sale">The sale; its file and hash are not printed, since they are of this document.</param>
/// <param name="Place">The entry that seals it.</param>
/// <param name="Signer">Who sells.</param>
/// <param name="Caution">Says that the data are made up, where they are; null for real data.</param>
public sealed record SaleContext(
    WetlandProgramme Programme, WetlandBank Bank, CreditSale Sale, PlaceInLedger Place, Person Signer, Bilingual? Caution);

/// <summary>
/// The confirmation of a sale (湿地信用使用确认书): a printable A4 page in HTML, Chinese with an English gloss. The same
/// context gives the same bytes.
/// </summary>
public static class SaleConfirmation
{
    /// <summary>The confirmation's number, as 湿信用〔2026〕第 57 号.</summary>
    public static string Number(SaleContext c) =>
        string.Create(CultureInfo.InvariantCulture, $"湿信用〔{DateOf(c).Year}〕第 {c.Place.Entry} 号");

    /// <summary>The document's UTF-8 bytes.</summary>
    public static byte[] Render(SaleContext c) => DocumentPage.Render(
        $"{Number(c)} 湿地信用使用确认书 {c.Bank.Name.Chinese}", Page(c));

    private static string Page(SaleContext c) => Html.Of($$"""
        <div class="head">{{c.Programme.Issuer.Chinese}}</div>
        <hr class="rule">
        <div class="number">{{Number(c)}}</div>
        {{DocumentPage.Caution(c.Caution)}}
        <h1>湿地信用使用确认书</h1>
        <div class="sub">（{{c.Bank.Name.Chinese}}）</div>
        <p class="to">{{c.Sale.Permittee}}：</p>
        <p>许可 {{c.Sale.Permit}}{{(c.Sale.Project is string p ? $"（{p}）" : "")}}所需的湿地补偿，已以{{c.Bank.Name.Chinese}}
        （{{c.Bank.Id}}）的已释放信用抵充。下列信用自封存之时起永久扣减，不得再次使用，其价值不再变更。</p>
        <p class="en">The compensation that permit {{c.Sale.Permit}} asks for is met by released credits of
        {{c.Bank.Name.English}}. They are debited for good and keep their value. The Chinese text rules.</p>
        <table class="pay">
        {{Row("扣减信用", "Debited", $"{c.Sale.Credits} {c.Sale.Unit}")}}
        {{Row("许可要求 × 系数", "Required × multiplier", $"{c.Sale.Required} × {c.Sale.Place.Multiplier}")}}
        {{Row("信用类别", "Class", c.Sale.Class)}}
        {{Row("核定方法", "Method", c.Sale.Method)}}
        {{Row("信用编号", "Serial numbers", c.Sale.Serials)}}
        {{Row("影响地点", "Place of impact", $"{c.Sale.Place.Longitude}, {c.Sale.Place.Latitude}（{c.Sale.Place.BasinCode ?? "—"}）")}}
        {{Row("服务区", "Service area", Area(c.Sale))}}
        {{Row("价款", "Price", Yuan(c.Sale.Price))}}
        {{Row("其中缴入永久基金", "To the endowment fund", Yuan(c.Sale.Endowment))}}
        {{Row("合同号", "Contract", c.Sale.Reference)}}
        {{Row("预订记录", "Reservation", c.Sale.Reservation is long r ? $"#{r}" : "—")}}
        </table>
        <p>本次扣减后：已释放 {{c.Sale.Released}}，累计使用 {{c.Sale.Sold}}，可用 {{c.Sale.Available}}（授予记录 #{{c.Sale.Award}}）。</p>
        <p class="en">After it: released {{c.Sale.Released}}, used {{c.Sale.Sold}}, available {{c.Sale.Available}}.</p>
        <p>补偿责任自双方签署的责任转移文件入账之日起由银行建设方承担；在此之前仍由被许可人承担。</p>
        <p class="en">Responsibility for the compensation passes to the bank's sponsor when the transfer that both sign is sealed;
        until then it stays with the permittee.</p>
        <div class="sign"><div class="seal">印章位置</div>{{c.Programme.Issuer.Chinese}}<br>{{Day.Words(DateOf(c))}}</div>
        <p class="proof">经办人 {{c.Signer.Name}}（{{c.Signer.Role.Chinese()}}），公钥指纹
        <span class="mono">{{c.Signer.Key}}</span>。<br>
        本确认书由存证记录 #{{c.Place.Entry}} 封存，前一条记录摘要 <span class="mono">{{c.Place.PreviousHash}}</span>；规则摘要
        <span class="mono">{{c.Sale.Definition}}</span>；程序 {{c.Place.Software}}。<br>Sealed as ledger entry #{{c.Place.Entry}}.</p>
        <hr class="rule foot">
        """);

    private static string Area(CreditSale sale)
    {
        string tier = sale.Place.Tier is string t ? $"第 {sale.Place.AreaVersion} 版，{t}" : $"第 {sale.Place.AreaVersion} 版之外";
        return sale.Completes is long exception ? $"{tier}；例外记录 #{exception}" : tier;
    }

    private static string Yuan(string? amount) => amount is null
        ? "—"
        : "¥" + decimal.Parse(amount, CultureInfo.InvariantCulture).ToString("N2", CultureInfo.InvariantCulture);

    private static DateOnly DateOf(SaleContext c) => Period.DayOf(c.Place.SealedAt, c.Programme.Zone);

    private static Markup Row(string name, string english, string value) =>
        new(Html.Of($"<tr><td>{name} <span class=\"en\">{english}</span></td><td>{value}</td></tr>\n"));
}
