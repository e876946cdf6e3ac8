using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Documents;

/// <summary>What an annual ledger report prints.</summary>
/// <param name="Programme">The terms.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Year">The civil year, in the programme's zone.</param>
/// <param name="Account">The account as it stands.</param>
/// <param name="Lines">All movements of the account, in ledger order.</param>
/// <param name="Head">Number of the newest ledger entry.</param>
/// <param name="HeadHash">Its hash.</param>
public sealed record AnnualContext(
    WetlandProgramme Programme, WetlandBank Bank, int Year, BankAccount Account, IReadOnlyList<AccountLine> Lines, long Head,
    string HeadHash);

/// <summary>
/// The annual ledger report of a bank (33 CFR 332.8(q)(1)): the balance at the year's beginning and end for the class of its
/// credits, every addition and subtraction between them, and every other change in what is available, as suspensions.
/// </summary>
public static class AnnualReport
{
    /// <summary>The report's UTF-8 bytes: a printable page in HTML, Chinese with an English gloss.</summary>
    public static byte[] Render(AnnualContext c)
    {
        List<AccountLine> year = [.. c.Lines.Where(l => YearOf(c, l) == c.Year)];
        CreditHoldings opening = c.Lines.LastOrDefault(l => YearOf(c, l) < c.Year)?.After ?? CreditHoldings.Empty;
        CreditHoldings closing = year.Count > 0 ? year[^1].After : opening;
        return DocumentPage.Render($"{c.Year} 年度信用账目报告 {c.Bank.Name.Chinese}", Html.Of($$"""
            <div class="head">{{c.Programme.Issuer.Chinese}}</div>
            <hr class="rule">
            <h1>{{c.Year}} 年度信用账目报告</h1>
            <div class="sub">（{{c.Bank.Name.Chinese}}，类别 {{c.Bank.Class}}，单位 {{c.Programme.CreditUnit}}）</div>
            <p class="en">Annual ledger report of {{c.Bank.Name.English}}: opening and closing balance, every addition and
            subtraction, and every other change in what is available. Credits of other classes or methods are not part of it.</p>
            {{DocumentPage.Caution(c.Account.Award?.Caution)}}
            <h3>表1　余额 <span class="en">Balances</span></h3>
            <table>
            <tr><th></th><th>已释放 <span class="en">Released</span></th><th>已使用 <span class="en">Sold</span></th>
            <th>已预留 <span class="en">Reserved</span></th><th>已收回 <span class="en">Taken back</span></th>
            <th>可用 <span class="en">Available</span></th></tr>
            {{Balance($"年初 Opening {c.Year}-01-01", opening)}}
            {{Balance(year.Count > 0 ? $"最近一笔 #{year[^1].Entry}" : "年内无变动", closing)}}
            </table>
            <h3>表2　变动 <span class="en">Movements</span></h3>
            <table>
            <tr><th>日期</th><th>存证</th><th>事项</th><th>对象</th><th>信用</th><th>编号</th><th>可用</th></tr>
            {{Html.Join(year.Select(l => Row(c, l)))}}
            </table>
            <h3>表3　担保 <span class="en">Assurances</span></h3>
            <table>
            <tr><th>编号</th><th>种类</th><th>出具人</th><th>金额（元）</th><th>到期</th></tr>
            {{Html.Join(c.Bank.Assurances.Select(Row))}}
            </table>
            <p class="proof">据存证记录 #1 至 #{{c.Head}}，最近记录摘要 <span class="mono">{{c.HeadHash}}</span>。
            <br>Made of ledger entries #1 to #{{c.Head}}; the same ledger gives the same report.</p>
            """));
    }

    private static Markup Balance(string when, CreditHoldings balance) => new(Html.Of($$"""
        <tr><th>{{when}}</th><td class="n">{{CreditAward.Text(balance.Released)}}</td>
        <td class="n">{{CreditAward.Text(balance.Sold.Credits)}}</td><td class="n">{{CreditAward.Text(balance.Reserved)}}</td>
        <td class="n">{{CreditAward.Text(balance.Reduced.Credits)}}</td>
        <td class="n"><b>{{CreditAward.Text(balance.Available)}}</b></td></tr>

        """));

    private static string Row(AnnualContext c, AccountLine line) => Html.Of($$"""
        <tr><td class="n">{{Period.DayOf(line.SealedAt, c.Programme.Zone).ToString("MM-dd", CultureInfo.InvariantCulture)}}</td>
        <td class="n">{{(line.Entry is long n ? $"#{n}" : "")}}</td><td>{{Kind(line.Kind)}}</td>
        <td>{{Subject(c, line)}}</td>
        <td class="n">{{(line.Credits < 0 ? "−" : "") + CreditAward.Text(Math.Abs(line.Credits))}}</td>
        <td class="mono">{{line.Serials}}</td><td class="n">{{CreditAward.Text(line.After.Available)}}</td></tr>

        """);

    private static string Row(Assurance a) => Html.Of($$"""
        <tr><td>{{a.Id}}</td><td>{{a.Kind}}</td><td>{{a.Issuer}}</td>
        <td class="n">{{a.Amount.ToString("N0", CultureInfo.InvariantCulture)}}</td>
        <td class="n">{{a.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}}</td></tr>

        """);

    private static string Subject(AnnualContext c, AccountLine line)
    {
        string name = line.Kind == LedgerKinds.Suspension
            ? BankWords.Trigger(line.Subject)
            : c.Programme.FindMilestone(line.Subject)?.Name.Chinese ?? line.Subject;
        return line.Permit is string permit ? $"{name}，{permit}" : name;
    }

    private static string Kind(string kind) => kind switch
    {
        "award" => "核定 award",
        "release" => "释放 release",
        "reservation" => "预留 reservation",
        "sale" => "使用 sale",
        "transfer" => "责任转移 transfer",
        "suspension" => "中止 suspension",
        "lifting" => "恢复 lifting",
        "correction" => "更正 correction",
        _ => "预留到期 expiry",
    };

    private static int YearOf(AnnualContext c, AccountLine line) => Period.DayOf(line.SealedAt, c.Programme.Zone).Year;
}
