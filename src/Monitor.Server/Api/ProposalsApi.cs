using System.Globalization;
using Monitor.Domain;
using Monitor.Ledger.Decisions;
using Monitor.Ledger;
using Monitor.Programmes.Adoption;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Documents;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;

namespace Monitor.Server.Api;

/// <summary>
/// <c>/api/v1/proposals?state=&amp;waiting=mine</c>, <c>/proposals/{n}</c>, and <c>POST /proposals/{n}/decision</c>, where a
/// signed-in person says yes or no with the password; <c>/api/v1/amounts?yuan=</c> writes an amount in Chinese capitals.
/// </summary>
internal static class ProposalsApi
{
    internal static void MapProposals(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/proposals", List).Produces<ApiPage<ProposalItem>>();
        routes.MapGet("/api/v1/proposals/{number:long}", One).Produces<ProposalAnswer>();
        routes.MapJson<DecisionBody>("/api/v1/proposals/{number:long}/decision", DecideAsync).Produces<DecisionAnswer>();
        routes.MapGet("/api/v1/amounts", Amount).Produces<AmountAnswer>();
    }

    // Never by tag: the same question of another person has another answer.
    private static IResult List(HttpContext http, ProgrammeShelf shelf, LedgerViews views, Visitors visitors)
    {
        (string? state, string? waiting) = (ApiAnswer.Text(http.Request, "state"), ApiAnswer.Text(http.Request, "waiting"));
        if (waiting is not (null or "mine")) throw new InputException(
            $"'{waiting}' will not do.", "Write waiting=mine, or leave it out.", field: "waiting");
        LedgerView view = views.Now();
        Visitor? visitor = visitors.Of(http);
        return ApiAnswer.Now(http, ApiPage<ProposalItem>.Of(http.Request, [.. view.Decisions.Cases
            .Reverse()
            .Select(c => ProposalItem.Of(c, view, shelf, visitor?.Person))
            .Where(p => (state ?? p.State) == p.State && (waiting is null || p.WaitsForMe))]));
    }

    private static IResult One(
        long number, HttpContext http, ProposalReader reader, LedgerViews views, Visitors visitors)
    {
        LedgerView view = views.Now();
        return view.Decisions.Find(number) is DecisionCase found
            ? ApiAnswer.Now(http, reader.Read(found, view, visitors.Of(http)?.Person))
            : Missing(number);
    }

    private static async Task<IResult> DecideAsync(
        long number, HttpContext http, Visitors visitors, PasswordGate gate, LedgerViews views, DecisionDesk desk,
        DataFolder folder)
    {
        Visitor visitor = visitors.Require(http);
        DecisionBody body = await StateChange.ReadAsync<DecisionBody>(http);
        LedgerView view = views.Now();
        if (view.Decisions.Find(number) is null) return Missing(number);
        RequireReason(body);
        RequireAllowed(desk, number, visitor, body.Approves);
        RequireSeen(view.At(number)!, folder, body.DocumentSha256);
        if (body.Approves) RequireFigure(view.At(number)!, body.Figure);
        // Somebody is there, whatever the ledger will say.
        visitors.Touch(visitor);
        using Signatory signatory = await gate.UnlockAsync(http, visitor, body.Password);
        try
        {
            DecisionOutcome outcome = desk.Decide(number, signatory, body.Approves, body.Reason.Trim());
            return ApiAnswer.Now(http, DecisionAnswer.Of(outcome));
        }
        catch (InputException)
        {
            // Somebody decided meanwhile: said as what it is. Anything else is passed on.
            RequireAllowed(desk, number, visitor, body.Approves);
            throw;
        }
    }

    private static IResult Missing(long number) => ApiAnswer.Missing(
        $"Entry {number} is nothing that is decided.", "GET /api/v1/proposals lists what is.");

    private static void RequireReason(DecisionBody body)
    {
        bool fits = body.Reason.Length <= Decision.ReasonLengthMax && (body.Approves || body.Reason.Trim().Length > 0);
        if (!fits) throw new InputException(
            $"A no needs a reason, of at most {Decision.ReasonLengthMax} characters.", "Say why.", field: "reason");
    }

    private static void RequireAllowed(DecisionDesk desk, long number, Visitor visitor, bool approves)
    {
        if (desk.FaultOf(number, visitor.Person, approves) is not DecisionFault fault) return;
        string detail = $"{fault.Fault} {fault.Remedy}";
        throw fault.Rule is DecisionRule.Decided or DecisionRule.Twice or DecisionRule.Replaced
            ? new ApiRefusedException(StatusCodes.Status409Conflict, "It is decided already.", detail)
            : ApiRefusedException.Forbidden(detail);
    }

    // What the person saw must be what is there and what was sealed.
    private static void RequireSeen(LedgerEntry entry, DataFolder folder, string seen)
    {
        string? now = ProposalReader.DecidedOn(entry, folder);
        bool isSealed = entry.Kind != LedgerKinds.Notice || SealedNotice.Read(entry).DocumentSha256 == now;
        if (now == seen && isSealed) return;
        throw new ApiRefusedException(
            StatusCodes.Status409Conflict, "It is not what you saw.",
            now == seen
                ? $"The document of entry {entry.Number} is not the one that was sealed. Nothing is signed on it; restore it."
                : $"What is decided on has the hash {now ?? "(missing)"}, and you saw {seen}. Read it again.",
            "documentSha256");
    }

    // What the person typed must be what is asked for: a look at the page is no proof of a look at the sum.
    private static void RequireFigure(LedgerEntry entry, string? typed)
    {
        string? asked = entry.Kind == LedgerKinds.Notice
            ? NoticeRevision.ToSettle(SealedNotice.Read(entry))
            : AdoptionProposal.Is(entry) ? null : BankProposal.Read(entry)?.Credits;
        if (asked is null or "0") return;
        bool isSame = decimal.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal figure)
            && figure == decimal.Parse(asked, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (isSame) return;
        throw new InputException(
            typed is null ? "The figure is missing." : $"'{typed}' is not the figure of entry {entry.Number}.",
            "Type the yuan or the credits that are to be approved.", field: "figure");
    }

    private static IResult Amount(HttpContext http)
    {
        const int charactersMax = 20;
        string text = ApiAnswer.Text(http.Request, "yuan") ?? "";
        bool isAmount = text.Length <= charactersMax && text.All(c => char.IsAsciiDigit(c) || c == '.')
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal yuan)
            && yuan < 10_000_000_000_000_000m && decimal.Round(yuan, 2) == yuan;
        if (!isAmount) throw new InputException(
            $"'{text}' is no amount.", "Write yuan in digits, with at most two decimals, as 1860000 or 12.50.", field: "yuan");
        return ApiAnswer.Now(http, new AmountAnswer(
            text, ChineseAmount.Write(decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture))));
    }
}

/// <summary>A decision.</summary>
/// <remarks>
/// <c>Reason</c>: Why; needed for a no, may be empty for a yes.
/// <c>Password</c>: Of the person who is signed in, given again for this one signature.
/// <c>DocumentSha256</c>: What the person saw, as <c>GET</c> gave it.
/// <c>Figure</c>: The yuan or credits that the person typed, in plain digits; needed for a yes to what moves any.
/// </remarks>
internal sealed record DecisionBody(
    bool Approves, string Reason, string Password, string DocumentSha256, string? Figure);

/// <summary>What the ledger sealed.</summary>
/// <remarks>
/// <c>Decides</c>: The entry decided on.
/// <c>Entry</c>: The entry that seals the decision.
/// <c>IsNew</c>: False where this person had said the same before.
/// <c>State</c>: Where the proposal stands now.
/// <c>Results</c>: What was sealed in consequence: an issued notice, an award, releases.
/// <c>Waits</c>: What an approved release waits for.
/// </remarks>
internal sealed record DecisionAnswer(
    long Decides, long Entry, string Hash, bool IsNew, string State, IReadOnlyList<EntryItem> Results, string? Waits)
{
    internal static DecisionAnswer Of(DecisionOutcome outcome) => new(
        outcome.Case.Entry, outcome.Entry.Number, outcome.Entry.Hash, outcome.IsNew, outcome.Case.State,
        [.. outcome.Results.Select(EntryItem.Of)], outcome.Waits);
}

/// <summary>An amount in figures and in Chinese capital figures.</summary>
internal sealed record AmountAnswer(string Yuan, string Chinese);
