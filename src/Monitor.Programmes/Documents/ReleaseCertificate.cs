using System.Globalization;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Documents;

/// <summary>
/// The certificate of release (湿地信用释放证书): a printable A4 page in HTML in the style of a notice, Chinese with an
/// English gloss. The same context gives the same bytes.
/// </summary>
public static class ReleaseCertificate
{
    /// <summary>The certificate's number, as 〔2026〕jiulong-cover号.</summary>
    public static string Number(ReleaseContext c) =>
        string.Create(CultureInfo.InvariantCulture, $"湿信释〔{c.Date.Year}〕{c.Bank.Id}-{c.Milestone.Id}号");

    /// <summary>The document's UTF-8 bytes.</summary>
    public static byte[] Render(ReleaseContext c) => DocumentPage.Render(
        $"{Number(c)} 湿地信用释放证书 {c.Bank.Name.Chinese} {c.Milestone.Name.Chinese}", FirstPage(c), Annex(c));

    private static string FirstPage(ReleaseContext c) => Html.Of($$"""
        <div class="head">{{c.Programme.Issuer.Chinese}}</div>
        <hr class="rule">
        <div class="number">{{Number(c)}}</div>
        {{DocumentPage.Caution(c.Caution)}}
        <h1>湿地信用释放证书</h1>
        <div class="sub">（{{c.Bank.Name.Chinese}}　{{c.Milestone.Name.Chinese}}）</div>
        <p>依据{{c.Programme.Title.Chinese}}（{{c.Programme.Id}}，第 {{c.Programme.Version}} 版），{{c.Bank.Name.Chinese}}
        （{{c.Bank.Id}}）的里程碑“{{c.Milestone.Name.Chinese}}”已经证明达到，并经两名签署人批准。现释放下列信用。</p>
        <p class="en">The milestone "{{c.Milestone.Name.English}}" of {{c.Bank.Name.English}} is shown to be met and was
        approved by two persons; the credits below are released. The Chinese text rules.</p>
        <table class="pay">
        <tr><td>本次释放 <span class="en">Released now</span></td><td><b>{{c.Credits}}</b> {{c.Programme.CreditUnit}}</td></tr>
        <tr><td>占授予信用 <span class="en">Share</span></td><td>{{CanonicalAssessment.Plain(c.Milestone.SharePercent)}} %</td></tr>
        <tr><td>授予总额 <span class="en">Awarded</span></td><td>{{c.Awarded}}（授予记录 #{{c.AwardEntry}}）</td></tr>
        <tr><td>累计释放 <span class="en">Released so far</span></td><td>{{c.Released}}</td></tr>
        <tr><td>尚未释放 <span class="en">Remaining</span></td><td>{{c.Remaining}}</td></tr>
        </table>
        <p>释放不等于使用：信用用于具体项目时须另行核准。信用按面积与功能得分均值之积确定，向下取至四位小数，各期之和等于授予总额。</p>
        <p class="en">Release is not use: each use for a project needs an approval of its own. Credits are area × mean of the
        scores, rounded down to four decimals; the parts sum exactly to the award.</p>
        <p>附件：里程碑、证据与签署</p>
        <div class="sign"><div class="seal">印章位置</div>{{c.Programme.Issuer.Chinese}}<br>{{Day.Words(c.Date)}}</div>
        <p class="proof">本证书由存证记录 #{{c.Entry}} 封存，前一条记录摘要 <span class="mono">{{c.PreviousHash}}</span>。<br>
        Sealed as ledger entry #{{c.Entry}}.</p>
        <hr class="rule foot">
        """);

    private static string Annex(ReleaseContext c) => Html.Of($$"""
        <p class="plain">附件</p>
        <h2>里程碑、证据与签署</h2>
        <h3>表1　释放进度 <span class="en">Schedule</span></h3>
        <table>
        <tr><th>里程碑</th><th>份额 %</th><th>信用</th><th>释放记录</th></tr>
        {{Html.Join(c.Schedule.Select(ScheduleRow))}}
        </table>
        <h3>表2　证据 <span class="en">Evidence</span></h3>
        <table>
        {{Html.Join(c.Evidence.Select(EvidenceRow))}}
        </table>
        <h3>表3　假定事项 <span class="en">Assumed, since no source says so</span></h3>
        <ol>{{Html.Join(c.Programme.AssumptionsFor(c.Bank).Select(a => Html.Of($"<li>{a.Why}</li>")))}}</ol>
        <h3>表4　存证 <span class="en">Proof</span></h3>
        <table>
        <tr><th>提案记录</th><td class="mono">#{{c.Proposal.Entry}} {{c.Proposal.Hash}}</td></tr>
        <tr><th>拟制人</th><td>{{c.Preparer ?? "系统（按读数评判）"}}</td></tr>
        <tr><th>规则摘要</th><td class="mono">{{c.Programme.Text.Sha256}}</td></tr>
        <tr><th>程序</th><td>{{c.Software}}</td></tr>
        </table>
        {{new Markup(SignatureTable.Render(c.Signers))}}
        """);

    private static string ScheduleRow(ScheduleLine line) => Html.Of($$"""
        <tr><td{{new Markup(line.IsThis ? " class=\"on\"" : "")}}>{{line.Milestone.Name.Chinese}}
        <span class="en">{{line.Milestone.Name.English}}</span></td>
        <td class="n">{{CanonicalAssessment.Plain(line.Milestone.SharePercent)}}</td><td class="n">{{line.Credits}}</td>
        <td class="n">{{(line.Entry is long entry ? $"#{entry}" : "未释放")}}{{(line.IsThis ? "（本次）" : "")}}</td></tr>

        """);

    private static string EvidenceRow(EvidenceLine line) => Html.Of(
        $"<tr><th>{line.Name}</th><td class=\"{(line.IsCode ? "mono" : "")}\">{line.Value}</td></tr>\n");
}
