using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Tests.House;
using Xunit;

namespace Monitor.Tests.Programmes;

public sealed class NoticeDocumentTests
{
    internal static readonly NoticeContext Context = new()
    {
        Entry = 12,
        PreviousHash = new string('a', 64),
        AssessmentEntry = 11,
        AssessmentHash = new string('b', 64),
        Evidence = new string('c', 64),
        Position = 345,
        Software = "monitor 0.1.0",
        Date = new DateOnly(2026, 1, 20),
        IsIssued = false,
    };

    [Fact]
    public void A_notice_says_who_pays_whom_how_much_until_when_and_how_to_object()
    {
        string text = Render(OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1.2m)));
        foreach (string said in new[]
        {
            "由缙云县人民政府向莲都区人民政府支付", "人民币捌佰万元整", "¥8,000,000.00", "E 为 <b>1.200</b>", "III-2",
            "E＞1.05", "15 日内支付至市财政专户", "15 个工作日内", "草案", "2026年1月20日", "#12", new string('a', 64),
            "1.0＜E≤1.05", "规则未定", "高锰酸盐指数", "invented for the demonstration",
        })
        {
            Assert.Contains(said, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Where_the_rule_says_nothing_the_notice_asks_for_a_ruling_and_no_money()
    {
        string text = Render(OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1.02m)));
        Assert.Contains("规则未定</b>，须由双方协商或上级裁定", text, StringComparison.Ordinal);
        Assert.DoesNotContain("付款方</td>", text, StringComparison.Ordinal);
        Assert.Contains("此前无须支付", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_month_is_preliminary_and_asks_for_no_money()
    {
        RiverAssessment a = OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1.2m), "2025-03");
        Assert.Equal(8_000_000, a.AmountYuan);
        string text = Render(a);
        foreach (string said in new[] { "月度初步", "不产生支付义务", "本期无须支付", "A month is preliminary" })
        {
            Assert.Contains(said, text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("支付至市财政专户", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suspended_year_says_which_data_are_missing()
    {
        string text = Render(OuRiver.Assess("OJ-05", []));
        Assert.Contains("暂停评判</b>：高锰酸盐指数：12 个月中仅 0 个月有效", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_issued_notice_carries_no_draft_stamp()
    {
        RiverAssessment a = OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1m));
        string text = Encoding.UTF8.GetString(NoticeDocument.Render(a, Context with { IsIssued = true }));
        Assert.DoesNotContain("草案", text, StringComparison.Ordinal);
        Assert.DoesNotContain("（草）", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_escaped()
    {
        RiverAssessment a = OuRiver.Assess("OJ-05", []);
        a = a with { Section = a.Section with { Name = new Bilingual("<script>alert(1)</script>", "<b>") } };
        string text = Render(a);
        Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_asks_for_nothing_from_outside()
    {
        string text = Render(OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1m)));
        foreach (string door in new[] { "http:", "https:", "src=", "url(", "@import", "<script" })
        {
            Assert.DoesNotContain(door, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_same_judgement_and_context_give_the_same_bytes()
    {
        RiverAssessment a = OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1.1m));
        Assert.Equal(NoticeDocument.Render(a, Context), NoticeDocument.Render(a, Context));
    }

    // Undefined at 1.02; the misprint alternative decides, the measured class II does too: 0.9 ≤ 1.02 ≤ 1.1.
    [Fact]
    public void A_new_printing_says_whether_another_way_would_change_it()
    {
        List<Reading> year = OuRiver.Year("OJ-05", 1.02m);
        RiverAssessment a = OuRiver.Assess("OJ-05", year);
        string text = Render(a, new NoticePrinting(NoticePrinting.Newest, Alternatives.Of(a, year)));
        foreach (string said in new[]
        {
            "表6　换一种算法会变吗", "本通知 <small>as agreed</small>", "以中位数代替均值 <small>medians in place of means</small>",
            "Ⅲ类1.0视为1.05之误", "<b>改变</b> <small>changes</small>", "不变 <small>same</small>", "表7　存证",
            "Nothing is to be paid before a ruling",
        })
        {
            Assert.Contains(said, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_a_year_that_no_way_can_judge_the_new_printing_says_just_that()
    {
        RiverAssessment a = OuRiver.Assess("OJ-05", []);
        string text = Render(a, new NoticePrinting(NoticePrinting.Newest, Alternatives.Of(a, new List<Reading>())));
        Assert.Contains("换任何一种算法都不能评判", text, StringComparison.Ordinal);
        Assert.Contains("Nothing is to be paid before it is judged again", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Amount, payment within", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_printing_is_as_it_was()
    {
        string text = Render(OuRiver.Assess("OJ-05", []));
        Assert.Contains("Amount, payment within 15 days of receipt, objection", text, StringComparison.Ordinal);
        Assert.Contains("表6　存证", text, StringComparison.Ordinal);
        Assert.DoesNotContain("换一种算法", text, StringComparison.Ordinal);
        Assert.DoesNotContain("换任何一种算法", text, StringComparison.Ordinal);
    }

    // Entries of the first printing are printed again for ever: the hash of these bytes may never change. When the second
    // printing came, a ledger that the program of before had sealed was verified by it to the byte.
    [Fact]
    public void The_bytes_of_the_first_printing_are_golden()
    {
        // Texts that do not change with the shipped ones: the annex prints their hashes.
        var standard = StandardFile.Read(new DefinitionText(
            "standard.yaml", Encoding.UTF8.GetBytes(HouseFiles.All.Text("fixtures/evidence-1/gb3838-2002.yaml"))));
        RiverProgramme frozen = RiverProgrammeReader.Read(OuRiver.Frozen.Text, _ => standard);
        RiverAssessment a = OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1.2m), "2025", frozen);
        byte[] document = NoticeDocument.Render(a, Context);
        Assert.Equal("d027d5e4eca7b9cc31c3472a6a10bb98278b934b88f8f16a95218ba0bf172cfc 15473",
            Convert.ToHexStringLower(SHA256.HashData(document)) + " " + document.Length);
    }

    private static string Render(RiverAssessment a, NoticePrinting printing) =>
        Encoding.UTF8.GetString(NoticeDocument.Render(a, Context with { Printing = printing }));

    private static string Render(RiverAssessment a) => Encoding.UTF8.GetString(NoticeDocument.Render(a, Context));
}
