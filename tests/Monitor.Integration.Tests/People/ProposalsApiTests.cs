using System.Net;
using System.Text.Json.Nodes;
using Monitor.Integration.Tests.Jobs;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Documents;
using Monitor.Server;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage.Evidence;
using Xunit;

namespace Monitor.Integration.Tests.People;

/// <summary>Deciding over real HTTP: what is sealed, and what never is.</summary>
public sealed class ProposalsApiTests
{
    private const string Password = PeopleFolder.Password;

    [Fact]
    public async Task Two_persons_issue_a_notice_and_the_ledger_verifies_as_after_the_command_line()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        LedgerEntry draft = folder.Draft();
        using PageVisitor reviewer = await folder.VisitAsync("甲"), approver = await folder.VisitAsync("乙");
        Assert.Equal(1, await CountAsync(reviewer, "?waiting=mine"));

        (HttpStatusCode status, JsonNode made) = await reviewer.DecideAsync(draft.Number, true, Password, "数据齐全");
        Assert.Equal((HttpStatusCode.OK, "open", true), (status, Text(made, "state"), made["isNew"]!.GetValue<bool>()));
        Assert.Equal(0, await CountAsync(reviewer, "?waiting=mine"));
        Assert.Equal(1, await CountAsync(approver, "?waiting=mine"));

        (status, made) = await approver.DecideAsync(draft.Number, true, Password);
        Assert.Equal((HttpStatusCode.OK, "done"), (status, Text(made, "state")));
        LedgerEntry issued = folder.Server.Ledger.At(made["results"]![0]!["number"]!.GetValue<long>())!;
        Assert.Equal("issued", SealedNotice.Read(issued).Status);
        Decision first = Decision.Read(folder.Server.Ledger.At(draft.Number + 1)!, out string fault)!;
        Assert.Equal(("", "甲", "数据齐全"), (fault, first.Person.Name, first.Reason));

        await folder.Server.DisposeAsync();
        (int code, string output, string errors) = await ProgramProcess.RunAsync(
            "monitor", "ledger", "verify", "--data", folder.Folder.Root);
        Assert.True(code == 0, output + errors);
    }

    [Fact]
    public async Task Nobody_decides_without_a_session_its_token_and_the_page_itself()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        long draft = folder.Draft().Number;
        using PageVisitor visitor = folder.Visit();
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.DecideAsync(draft, true, Password)).Status);
        await visitor.SignInAsync("甲", Password);
        string token = visitor.Token;
        foreach (string other in new[] { "", "x", token[..^1], token + "x" })
        {
            visitor.Token = other;
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.DecideAsync(draft, true, Password)).Status);
        }
        (visitor.Token, visitor.Origin) = (token, "http://127.0.0.1:1");
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.DecideAsync(draft, true, Password)).Status);
        Assert.Equal(draft, folder.Server.Ledger.Head.Entries);
    }

    [Fact]
    public async Task A_wrong_password_signs_nothing_and_the_session_goes_on()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        long draft = folder.Draft().Number;
        using PageVisitor visitor = await folder.VisitAsync("甲");
        (HttpStatusCode status, JsonNode problem) = await visitor.DecideAsync(draft, true, "not the password");
        Assert.Equal((HttpStatusCode.Forbidden, "password"), (status, Text(problem, "field")));
        Assert.Equal(draft, folder.Server.Ledger.Head.Entries);
        Assert.Equal(HttpStatusCode.OK, (await visitor.DecideAsync(draft, true, Password)).Status);
    }

    [Fact]
    public async Task Who_prepared_who_has_another_role_and_a_second_reviewer_are_refused()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        long award = folder.Award("甲").Number;
        using PageVisitor preparer = await folder.VisitAsync("甲"), sponsor = await folder.VisitAsync("方");
        using PageVisitor reviewer = await folder.VisitAsync("丁");
        Assert.Equal("preparer", Text((await preparer.GetAsync($"proposals/{award}"))!["proposal"]!, "refusal"));
        (HttpStatusCode status, JsonNode problem) = await preparer.DecideAsync(award, true, Password);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("prepared entry", Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await sponsor.DecideAsync(award, true, Password)).Status);

        long draft = folder.Draft().Number;
        Assert.Equal(HttpStatusCode.OK, (await preparer.DecideAsync(draft, true, Password)).Status);
        Assert.Equal("needs-approver", Text((await reviewer.GetAsync($"proposals/{draft}"))!["proposal"]!, "refusal"));
        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.DecideAsync(draft, true, Password)).Status);
        // And yet a second reviewer may say no.
        Assert.Equal(HttpStatusCode.OK, (await reviewer.DecideAsync(draft, false, Password, "基线未核")).Status);
    }

    [Fact]
    public async Task What_is_decided_stays_and_saying_the_same_again_changes_nothing()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        long draft = folder.Draft().Number;
        using PageVisitor reviewer = await folder.VisitAsync("甲"), approver = await folder.VisitAsync("乙");
        Assert.Equal(HttpStatusCode.BadRequest, (await reviewer.DecideAsync(draft, false, Password, " ")).Status);
        (_, JsonNode first) = await reviewer.DecideAsync(draft, false, Password, "基线未核");
        (HttpStatusCode status, JsonNode again) = await reviewer.DecideAsync(draft, false, Password, "基线未核");
        Assert.Equal((HttpStatusCode.OK, false), (status, again["isNew"]!.GetValue<bool>()));
        Assert.Equal(first["entry"]!.GetValue<long>(), again["entry"]!.GetValue<long>());
        Assert.Equal(HttpStatusCode.Conflict, (await approver.DecideAsync(draft, true, Password)).Status);
        Assert.Equal(draft + 1, folder.Server.Ledger.Head.Entries);
    }

    [Fact]
    public async Task What_the_person_did_not_see_is_not_signed()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        LedgerEntry draft = folder.Draft();
        using PageVisitor visitor = await folder.VisitAsync("甲");
        (HttpStatusCode status, JsonNode problem) = await visitor.DecideAsync(
            draft.Number, true, Password, seen: new string('0', 64));
        Assert.Equal((HttpStatusCode.Conflict, "documentSha256"), (status, Text(problem, "field")));

        string file = Path.Combine(folder.Folder.Root, SealedNotice.Read(draft).File);
        byte[] kept = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(file, "<p>8,000,001</p>", TestContext.Current.CancellationToken);
        JsonNode shown = (await visitor.GetAsync($"proposals/{draft.Number}"))!;
        Assert.False(shown["isWhole"]!.GetValue<bool>());
        // Whoever saw the changed document cannot sign it either: it is not what was sealed.
        Assert.Equal(HttpStatusCode.Conflict, (await visitor.DecideAsync(draft.Number, true, Password)).Status);
        Assert.Equal(draft.Number, folder.Server.Ledger.Head.Entries);
        await File.WriteAllBytesAsync(file, kept, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await visitor.DecideAsync(draft.Number, true, Password)).Status);
    }

    [Fact]
    public async Task A_draft_is_marked_among_the_years_and_a_rejected_one_is_no_sealed_year()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        folder.Programmes = new ProgrammeShelf([JobYear.Programme(2)], []);
        await folder.RestartAsync();
        LedgerEntry draft = folder.Draft();
        using PageVisitor visitor = await folder.VisitAsync("甲");
        string path = $"sections/{SealedNotice.Read(draft).Section}/years";
        JsonNode kept = (await visitor.GetAsync(path))!["rows"]![0]!;
        Assert.Equal(("sealed", "draft"), (Text(kept, "terms"), Text(kept["years"]![0]!, "status")));
        await visitor.DecideAsync(draft.Number, false, Password, "数据有误");
        Assert.NotEqual("sealed", (await visitor.GetAsync(path))!["rows"]!.AsArray().Select(r => Text(r!, "terms")).First());
    }

    [Fact]
    public async Task The_page_and_the_command_line_are_one_person_with_one_key()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        long draft = folder.Draft().Number;
        using (Signatory signatory = Signatory.Open(folder.KeyFile("甲"), folder.Register))
        {
            new DecisionDesk(
                folder.Server.Ledger, new EvidenceStore(folder.Folder.Evidence), folder.Folder, folder.Register, folder.Clock)
                .Decide(draft, signatory, approves: true);
        }
        using PageVisitor visitor = await folder.VisitAsync("甲");
        Assert.Equal("twice", Text((await visitor.GetAsync($"proposals/{draft}"))!["proposal"]!, "refusal"));
        (HttpStatusCode status, JsonNode again) = await visitor.DecideAsync(draft, true, Password);
        Assert.Equal((HttpStatusCode.OK, false), (status, again["isNew"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task What_was_approved_and_cut_off_is_issued_when_the_service_starts()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        LedgerEntry draft = folder.Draft();
        foreach (string person in new[] { "甲", "乙" })
        {
            using Signatory who = Signatory.Open(folder.KeyFile(person), folder.Register);
            var decision = new Decision(draft.Number, draft.Hash, true, who.Person, "");
            folder.Server.Ledger.Append(
                new LedgerDraft(decision.Kind, decision.LedgerKey, "monitor test", who.Position, null, decision.Write(who.Sign)),
                new Domain.Readings.Instant(1));
        }
        using (PageVisitor before = folder.Visit())
        {
            Assert.Equal("approved", Text((await before.GetAsync($"proposals/{draft.Number}"))!["proposal"]!, "state"));
        }
        await folder.RestartAsync();
        await folder.Server.StartJobsAsync(TestContext.Current.CancellationToken);
        using PageVisitor after = folder.Visit();
        Assert.Equal("done", Text((await after.GetAsync($"proposals/{draft.Number}"))!["proposal"]!, "state"));
    }

    [Fact]
    public async Task A_list_names_the_state_and_only_those_who_ask_are_waited_for()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        long award = folder.Award("方").Number, draft = folder.Draft().Number;
        using PageVisitor viewer = folder.Visit(), reviewer = await folder.VisitAsync("甲");
        JsonArray items = (await viewer.GetAsync("proposals"))!["items"]!.AsArray();
        Assert.Equal([draft, award], items.Select(i => i!["entry"]!.GetValue<long>()));
        Assert.Equal(["notice", "award"], items.Select(i => Text(i!, "proposes")));
        Assert.Equal(["viewer", "viewer"], items.Select(i => Text(i!, "refusal")));
        Assert.Equal(0, await CountAsync(viewer, "?waiting=mine"));
        Assert.Equal(2, await CountAsync(reviewer, "?waiting=mine&limit=1"));
        await reviewer.DecideAsync(award, false, Password, "面积未核");
        Assert.Equal((1, 1), (await CountAsync(viewer, "?state=rejected"), await CountAsync(viewer, "?state=open")));
        using HttpResponseMessage missing = await viewer.SendAsync(HttpMethod.Get, $"proposals/{draft - 1}");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Another_figure_than_the_one_asked_for_approves_nothing()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        long award = folder.Award("方").Number;
        using PageVisitor visitor = await folder.VisitAsync("甲");
        string asked = Text((await visitor.GetAsync($"proposals/{award}"))!["proposal"]!, "credits");
        foreach (string wrong in new[] { "", "1", asked + "1", "-" + asked, "1e3" })
        {
            visitor.Figure = wrong;
            (HttpStatusCode status, JsonNode problem) = await visitor.DecideAsync(award, true, Password);
            Assert.Equal((HttpStatusCode.BadRequest, "figure"), (status, Text(problem, "field")));
        }
        Assert.Equal(award, folder.Server.Ledger.Head.Entries);
        visitor.Figure = asked + "0";
        Assert.Equal(HttpStatusCode.OK, (await visitor.DecideAsync(award, true, Password)).Status);
    }

    [Fact]
    public async Task A_months_draft_waits_for_nobody_and_cannot_be_approved()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        long month = folder.Draft(period: "2025-03").Number;
        using PageVisitor visitor = await folder.VisitAsync("乙");
        Assert.Equal((0, 0), (await CountAsync(visitor, "?waiting=mine"), await CountAsync(visitor, "?state=open")));
        JsonNode shown = (await visitor.GetAsync($"proposals/{month}"))!["proposal"]!;
        Assert.Equal(("preliminary", "preliminary"), (Text(shown, "state"), Text(shown, "refusal")));
        (HttpStatusCode status, JsonNode problem) = await visitor.DecideAsync(month, true, Password);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("preliminary", Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal(month, folder.Server.Ledger.Head.Entries);
    }

    [Theory]
    [InlineData("1860000", "人民币壹佰捌拾陆万元整")]
    [InlineData("20000000.05", "人民币贰仟万元零伍分")]
    public async Task An_amount_is_written_in_capitals_by_the_function_of_the_notices(string yuan, string chinese)
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor viewer = folder.Visit();
        Assert.Equal(chinese, Text((await viewer.GetAsync($"amounts?yuan={yuan}"))!, "chinese"));
        foreach (string wrong in new[] { "", "1.234", "-1", "1e9", "99999999999999999", "十" })
        {
            using HttpResponseMessage answer = await viewer.SendAsync(
                HttpMethod.Get, $"amounts?yuan={Uri.EscapeDataString(wrong)}");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    private static async Task<int> CountAsync(PageVisitor visitor, string query) =>
        (await visitor.GetAsync("proposals" + query))!["total"]!.GetValue<int>();

    private static string Text(JsonNode json, string key) => json[key]?.GetValue<string>() ?? "";
}
