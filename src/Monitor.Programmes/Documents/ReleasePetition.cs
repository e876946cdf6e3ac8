using System.Globalization;
using System.Text.Json;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Documents;

/// <summary>
/// The petition for the release of a milestone's credits (湿地信用释放申请书): what is asked, on what evidence, by which entries
/// and hashes, with every attachment by its SHA-256. A printable page in HTML; the same context gives the same bytes.
/// </summary>
public static class ReleasePetition
{
    /// <summary>The petition's UTF-8 bytes.</summary>
    public static byte[] Render(PetitionContext c) => DocumentPage.RenderLong(
        $"湿地信用释放申请书 {c.Bank.Name.Chinese} {c.Standing.Milestone.Name.Chinese}", Body(c));

    private static string Body(PetitionContext c) => Html.Of($$"""
        {{DocumentPage.Caution(c.Account.Award?.Caution)}}
        <h1>湿地信用释放申请书</h1>
        <div class="sub">（{{c.Bank.Name.Chinese}}　{{c.Standing.Milestone.Name.Chinese}}）</div>
        <p class="en">Petition for the release of credits of {{c.Bank.Name.English}} at the milestone
        "{{c.Standing.Milestone.Name.English}}". The Chinese text rules.</p>
        <p class="to">{{c.Programme.Issuer.Chinese}}：</p>
        <p>依据{{c.Programme.Title.Chinese}}（{{c.Programme.Id}}，第 {{c.Programme.Version}} 版），
        {{c.Bank.Name.Chinese}}（{{c.Bank.Id}}）的里程碑“{{c.Standing.Milestone.Name.Chinese}}”已有下列证据证明达到，现申请释放信用
        <b class="t">{{c.Credits}} {{c.Programme.CreditUnit}}</b>。</p>
        <h3>一、申请 <span class="en">What is asked</span></h3>
        <table class="form">
        {{Html.Join(Asked(c))}}
        </table>
        <h3>二、证据 <span class="en">Evidence</span></h3>
        <table class="form wide">
        {{Html.Join(c.Standing.Evidence.Select(l => Fact(l.Name, "", l.Value, l.IsCode)))}}
        </table>
        <h3>三、释放条件 <span class="en">Preconditions, as the ledger has them</span></h3>
        <table class="form">
        {{Html.Join(Conditions(c))}}
        </table>
        <h3>四、附件 <span class="en">Attachments, by SHA-256</span></h3>
        <table class="small">
        <colgroup><col style="width:9mm"><col style="width:43mm"><col></colgroup>
        <thead><tr><th></th><th>文件 <span class="en">File</span></th><th>SHA-256</th></tr></thead>
        <tbody>
        {{Html.Join(Attachments(c).Select((a, i) => Html.Of(
            $"<tr><td class=\"n\">{i + 1}</td><td>{a.Name}</td><td class=\"mono\">{a.Sha256}</td></tr>\n")))}}
        </tbody>
        </table>
        <p>以上各项均已封存，可由任何人以证据包独立复核（monitor bundle、monitor verify）。释放不等于使用：信用用于具体项目时须另行核准。</p>
        <p class="en">All of it is sealed and can be computed again by anybody from its bundle. Release is not use.</p>
        <div class="two"><div>申请人（签章） {{c.Sponsor ?? ""}} <span class="en">Petitioner</span></div>
        <div>日期 <span class="en">Date</span></div></div>
        <p class="proof">据存证记录 #1 至 #{{c.Head}}，最近记录摘要 <span class="mono">{{c.HeadHash}}</span>；规则摘要
        <span class="mono">{{c.Programme.Text.Sha256}}</span>。<br>Made of ledger entries #1 to #{{c.Head}}; the same ledger
        gives the same petition.</p>
        """);

    private static IEnumerable<string> Asked(PetitionContext c)
    {
        yield return Fact("申请释放", "Release", $"{c.Credits} {c.Programme.CreditUnit}（类别 {c.Bank.Class}）");
        yield return Fact("份额", "Share", $"{CanonicalAssessment.Plain(c.Standing.Milestone.SharePercent)} %，授予总额 "
            + CreditAward.Text(c.Account.Award is null ? c.Bank.Credits : c.Account.Awarded));
        Bilingual required = CriterionWords.Of(c.Standing.Milestone.Criterion);
        yield return Fact("里程碑要求", "Required", $"{required.Chinese}（{required.English}）");
        yield return Fact("判定", "Outcome", $"{MilestoneStanding.Words(c.Standing.Outcome)}"
            + (c.Standing.On is DateOnly on ? $"，{Day.Words(on)}" : ""));
        yield return Fact("提案", "Proposal", c.Standing.Proposal is ProposedPart p
            ? $"存证记录 #{p.Case.Entry}（{MilestoneStanding.Words(p.Case)}） {p.Case.Hash}"
            : "尚未提案");
        if (c.Standing.Release is long release) yield return Fact("已办结", "Released", $"已由存证记录 #{release} 释放");
        if (c.Programme.Review is ReviewTerms review) yield return Fact(
            "办理期限", "Times", $"意见期 {review.CommentDays} 日，其后决定期 {review.DecisionDays} 日");
    }

    private static IEnumerable<string> Conditions(PetitionContext c)
    {
        yield return Fact("信用授予", "Award", c.Account.AwardEntry is long award
            ? $"{CreditAward.Text(c.Account.Awarded)}，存证记录 #{award}"
            : "尚未授予");
        if (c.Programme.IsInSequence)
        {
            IEnumerable<Milestone> before = c.Programme.Milestones.TakeWhile(m => m != c.Standing.Milestone);
            string words = string.Join("，", before.Select(m =>
                c.Account.Releases.FirstOrDefault(r => r.Milestone == m.Id) is ReleasedPart r
                    ? $"{m.Name.Chinese} #{r.Entry}" : $"{m.Name.Chinese} 未释放"));
            yield return Fact("在前里程碑", "Milestones before", words.Length == 0 ? "无，本项为第一项" : words);
        }
        yield return Fact("中止", "Suspension", c.Account.Suspended is SuspendedPart s
            ? $"存证记录 #{s.Entry}：{s.Suspension.Reason}"
            : "无 none");
        yield return Fact("担保", "Assurances", c.Bank.Assurances.Count == 0 ? "—" : string.Join("，", c.Bank.Assurances.Select(a =>
            string.Create(CultureInfo.InvariantCulture, $"{a.Id}（{a.Issuer}，{a.Amount:N0} 元）至 {a.Expires:yyyy-MM-dd}"))));
        yield return Fact("尚待", "Waits for", c.Standing.Release is not null ? "无，已释放"
            : c.Waits is string why ? $"上列条件尚未齐备：{why}" : "两名登记人员批准 two approvals");
    }

    // What the entry itself rests on comes first, then what lies behind it.
    private static IEnumerable<(string Name, string Sha256)> Attachments(PetitionContext c)
    {
        LedgerEntry shown = c.Standing.Shown!;
        using JsonDocument json = JsonDocument.Parse(shown.Body);
        bool isFiled = json.RootElement.TryGetProperty("document", out JsonElement document);
        if (isFiled) yield return (document.GetProperty("name").GetString()!, document.GetProperty("sha256").GetString()!);
        else if (shown.Evidence is string inputs) yield return ("封存的读数 sealed inputs (evidence.ndjson)", inputs);
        yield return ("规则 programme (definition.yaml)", c.Programme.Text.Sha256);
        foreach (SceneManifest scene in c.Scenes)
        {
            foreach (SceneFile file in scene.Files) yield return ($"{file.Role} {file.Name}", file.Sha256);
        }
    }

    private static string Fact(string name, string english, string value, bool isCode = false) => Html.Of(
        $"<tr><th>{name}<span class=\"en\">{english}</span></th><td class=\"{(isCode ? "mono" : "")}\">{value}</td></tr>\n");
}
