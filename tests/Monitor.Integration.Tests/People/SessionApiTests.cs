using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Monitor.Server.People;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.People;

/// <summary>Signing in over real HTTP, and every way in which a session ends.</summary>
public sealed class SessionApiTests
{
    [Fact]
    public async Task Who_signs_in_is_known_by_a_cookie_that_no_script_reads_until_they_sign_out()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor visitor = folder.Visit();
        Assert.Null(await visitor.GetAsync("session"));

        Assert.Equal(HttpStatusCode.OK, await visitor.SignInAsync("甲", PeopleFolder.Password));
        JsonNode? session = await visitor.GetAsync("session");
        Assert.Equal(("甲", "reviewer"), (session!["person"]!.GetValue<string>(), session["role"]!.GetValue<string>()));
        Cookie cookie = Assert.Single(visitor.Cookies, c => c.Name == $"monitor-session-{folder.Server.HttpPort}");
        Assert.Equal((true, "/", 43), (cookie.HttpOnly, cookie.Path, cookie.Value.Length));
        Assert.DoesNotContain(cookie.Value, session.ToJsonString(), StringComparison.Ordinal);

        using HttpResponseMessage left = await visitor.SendAsync(HttpMethod.Delete, "session");
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Null(await visitor.GetAsync("session"));
    }

    [Fact]
    public async Task A_cookie_is_strict_to_its_site()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor visitor = folder.Visit();
        using HttpResponseMessage answer = await visitor.SendAsync(
            HttpMethod.Post, "session", new { person = "甲", password = PeopleFolder.Password });
        Assert.All(answer.Headers.GetValues("Set-Cookie"), c =>
        {
            Assert.Contains("samesite=strict", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("httponly", c, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_wrong_password_and_a_name_that_nobody_has_are_answered_alike()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor visitor = folder.Visit();
        List<string> answers = [];
        foreach ((string person, string password) in new[] { ("甲", "not the password"), ("nobody", PeopleFolder.Password) })
        {
            using HttpResponseMessage answer = await visitor.SendAsync(HttpMethod.Post, "session", new { person, password });
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            answers.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        Assert.Equal(answers[0], answers[1]);
        Assert.Empty(visitor.Cookies);
    }

    [Fact]
    public async Task Guessing_is_slowed_for_strangers_and_never_for_a_browser_that_the_person_uses()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor owner = await folder.VisitAsync("甲");
        using PageVisitor stranger = folder.Visit();
        for (int i = 0; i < PasswordThrottle.FailuresFree; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await stranger.SignInAsync("甲", "a guess, and wrong"));
        }
        using HttpResponseMessage slowed = await stranger.SendAsync(
            HttpMethod.Post, "session", new { person = "甲", password = PeopleFolder.Password });
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (slowed.StatusCode, slowed.Headers.RetryAfter?.ToString()));
        // The person's own browser is counted apart, and others' names are not touched.
        Assert.Equal(HttpStatusCode.OK, await owner.SignInAsync("甲", PeopleFolder.Password));
        Assert.Equal(HttpStatusCode.OK, await stranger.SignInAsync("乙", PeopleFolder.Password));
        folder.Clock.MoveTo(PeopleFolder.Start.AddSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await stranger.SignInAsync("甲", PeopleFolder.Password));
    }

    [Fact]
    public async Task A_flood_of_names_is_sent_away_and_the_person_s_own_browser_has_its_turn()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor owner = await folder.VisitAsync("甲"), flood = folder.Visit();
        Task<HttpStatusCode>[] tries =
            [.. Enumerable.Range(0, 60).Select(i => flood.SignInAsync($"nobody {i}", "a guess, and wrong"))];
        Assert.Equal(HttpStatusCode.OK, await owner.SignInAsync("甲", PeopleFolder.Password));
        HttpStatusCode[] answers = await Task.WhenAll(tries);
        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers.Distinct().Order());
    }

    [Fact]
    public async Task After_fifteen_idle_minutes_the_page_is_a_viewers_unless_the_person_is_there()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor visitor = await folder.VisitAsync("甲");
        folder.Clock.MoveTo(PeopleFolder.Start.AddMinutes(14));
        // Reading, as an open page does by itself, is no sign of a person.
        Assert.NotNull(await visitor.GetAsync("session"));
        using HttpResponseMessage here = await visitor.SendAsync(HttpMethod.Put, "session");
        Assert.Equal(HttpStatusCode.OK, here.StatusCode);
        folder.Clock.MoveTo(PeopleFolder.Start.AddMinutes(28));
        Assert.NotNull(await visitor.GetAsync("session"));
        folder.Clock.MoveTo(PeopleFolder.Start.AddMinutes(29));
        Assert.Null(await visitor.GetAsync("session"));
        using HttpResponseMessage late = await visitor.SendAsync(HttpMethod.Put, "session");
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Fact]
    public async Task A_changed_password_a_revoked_key_and_a_restart_end_every_session()
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor first = await folder.VisitAsync("甲");
        using PageVisitor second = await folder.VisitAsync("乙");
        using (SqliteAccountStore accounts = folder.OpenAccounts())
        {
            new AccountDesk(accounts, folder.Register, folder.Clock).Change("甲", PeopleFolder.Password, "another pass phrase");
        }
        Assert.Null(await first.GetAsync("session"));
        Assert.Equal(HttpStatusCode.Unauthorized, await first.SignInAsync("甲", PeopleFolder.Password));
        Assert.Equal(HttpStatusCode.OK, await first.SignInAsync("甲", "another pass phrase"));

        Assert.NotNull(await second.GetAsync("session"));
        folder.Register.Revoke("乙", "调离");
        Assert.Null(await second.GetAsync("session"));
        Assert.Equal(HttpStatusCode.Unauthorized, await second.SignInAsync("乙", PeopleFolder.Password));

        await folder.RestartAsync();
        using PageVisitor after = folder.Visit();
        Assert.Null(await after.GetAsync("session"));
    }

    [Theory]
    [InlineData("http://evil.example", "")]
    [InlineData("http://127.0.0.1:1", "")]
    [InlineData("null", "")]
    [InlineData("", "")]
    [InlineData("", "cross-site")]
    [InlineData("", "same-site")]
    public async Task Another_page_in_the_browser_cannot_sign_anybody_in(string origin, string site)
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor visitor = folder.Visit();
        visitor.Origin = origin;
        using HttpResponseMessage answer = await visitor.SendAsync(
            HttpMethod.Post, "session", JsonContent.Create(new { person = "甲", password = PeopleFolder.Password }),
            site.Length > 0 ? [("Sec-Fetch-Site", site)] : []);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(visitor.Cookies);
    }

    [Theory]
    [InlineData("text/plain", """{"person":"甲","password":"x"}""", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", """{"person":"甲"}""", HttpStatusCode.BadRequest)]
    [InlineData("application/json", """{"person":"甲","password":"x","role":"approver"}""", HttpStatusCode.BadRequest)]
    [InlineData("application/json", """{"person":"甲","person":"乙","password":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("application/json", """{"person":null,"password":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "null", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "", HttpStatusCode.BadRequest)]
    public async Task A_body_of_another_shape_is_refused_with_the_place(string type, string body, HttpStatusCode expected)
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor visitor = folder.Visit();
        using HttpResponseMessage answer = await visitor.SendAsync(
            HttpMethod.Post, "session", new StringContent(body, new MediaTypeHeaderValue(type)));
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_beyond_64_KiB_is_refused_whether_it_says_its_length_or_not(bool isChunked)
    {
        await using PeopleFolder folder = await PeopleFolder.StartAsync();
        using PageVisitor visitor = folder.Visit();
        byte[] large = System.Text.Encoding.UTF8.GetBytes($$"""{"person":"{{new string('x', 70_000)}}","password":"x"}""");
        using HttpContent content = isChunked ? new StreamContent(new Unmeasured(large)) : new ByteArrayContent(large);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage answer = await visitor.SendAsync(HttpMethod.Post, "session", content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    // A stream that does not know its length is sent in chunks.
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
