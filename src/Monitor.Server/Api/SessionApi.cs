using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Server.People;

namespace Monitor.Server.Api;

/// <summary>
/// <c>/api/v1/session</c>: <c>POST</c> signs in, <c>GET</c> says who is signed in, <c>PUT</c> says that the person is still
/// there, <c>DELETE</c> signs out. Signing in shows who looks; every signature asks for the password again.
/// </summary>
internal static class SessionApi
{
    private const string Path = "/api/v1/session";

    internal static void MapSession(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Who).Produces<SessionAnswer>();
        routes.MapJson<SignInBody>(Path, SignInAsync).Produces<SessionAnswer>();
        routes.MapPut(Path, StillHere).Produces<SessionAnswer>();
        routes.MapDelete(Path, SignOut).Produces(StatusCodes.Status204NoContent);
    }

    private static IResult Who(HttpContext http, Visitors visitors) =>
        ApiAnswer.Now(http, visitors.Of(http) is Visitor visitor ? SessionAnswer.Of(visitor) : null);

    private static IResult StillHere(HttpContext http, Visitors visitors) =>
        ApiAnswer.Now(http, SessionAnswer.Of(visitors.Touch(visitors.Require(http))));

    private static IResult SignOut(HttpContext http, Visitors visitors)
    {
        visitors.End(http, visitors.Require(http));
        return Results.NoContent();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, Visitors visitors, PasswordGate gate, AccountDesk accounts)
    {
        StateChange.RequireSameOrigin(http.Request);
        SignInBody body = await StateChange.ReadAsync<SignInBody>(http);
        // The key is not needed to look: it is forgotten here, and unlocked again for each signature.
        using Signatory signatory = await gate.SignInAsync(http, body.Person.Trim(), body.Password);
        var found = accounts.Find(signatory.Person.Key) ?? throw ApiRefusedException.NotSignedIn();
        return ApiAnswer.Now(http, SessionAnswer.Of(visitors.Start(http, signatory.Person, found.Account)));
    }
}

/// <summary>Name and password.</summary>
internal sealed record SignInBody(string Person, string Password);

/// <summary>Who is signed in.</summary>
/// <remarks>
/// <c>Role</c>: <c>reviewer</c>, <c>approver</c>, <c>sponsor</c> or <c>operator</c>.
/// <c>Key</c>: Fingerprint of the key that signs.
/// <c>Token</c>: To be repeated in the header <c>X-Monitor-Token</c> of every request that changes something.
/// <c>IdleEnds</c>: When the session ends unless the person does something.
/// <c>Ends</c>: When it ends in any case.
/// </remarks>
internal sealed record SessionAnswer(string Person, string Role, string Key, string Token, string IdleEnds, string Ends)
{
    internal static SessionAnswer Of(Visitor visitor) => new(
        visitor.Person.Name, visitor.Person.Role.Name(), visitor.Person.Key, visitor.Session.Token,
        Instant.From(visitor.Session.IdleEnds).ToString(), Instant.From(visitor.Session.Ends).ToString());
}
