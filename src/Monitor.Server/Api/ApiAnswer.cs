using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;

namespace Monitor.Server.Api;

/// <summary>
/// How the API answers: JSON with readable Chinese, problems by RFC 9457, tags by what the answer was read up to.
/// </summary>
internal static class ApiAnswer
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The answer, or 304 where the caller has it already. The tag names the record's position, the ledger's head, the
    /// definitions that are served and the program: with these and the address the same, so are the bytes.
    /// </summary>
    /// <param name="http">The question.</param>
    /// <param name="record">Its position is in the tag.</param>
    /// <param name="ledger">Its head is in the tag.</param>
    /// <param name="make">Makes the answer.</param>
    /// <param name="day">The civil day, where the answer depends on it too; null otherwise.</param>
    internal static IResult Of<T>(
        HttpContext http, IReadingStore record, ILedgerStore ledger, Func<T> make, DateOnly? day = null)
    {
        string tag = Tag(
            record.LastPosition, ledger.Head, http.RequestServices.GetRequiredService<ProgrammeShelf>(), day);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        return http.Request.Headers.IfNoneMatch.Contains(tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(make(), Options);
    }

    /// <summary>An answer that is made anew each time.</summary>
    internal static IResult Now<T>(HttpContext http, T answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        // Of nothing the framework writes nothing, and an empty body is no JSON.
        return answer is null ? Results.Text("null", "application/json") : Results.Json(answer, Options);
    }

    /// <summary>404 with what there is instead.</summary>
    internal static IResult Missing(string what, string remedy) =>
        Problem(StatusCodes.Status404NotFound, "It is not here.", $"{what} {remedy}", null);

    /// <summary>A problem document.</summary>
    internal static IResult Problem(int status, string title, string detail, string? field) => Results.Json(
        new ApiProblem("about:blank", title, status, detail, field), Options, "application/problem+json", status);

    /// <summary>A whole number of the query within its bounds.</summary>
    /// <exception cref="InputException">Not a number, or out of bounds.</exception>
    internal static long Number(HttpRequest request, string name, long standard, long least, long most)
    {
        string text = request.Query[name].ToString();
        if (text.Length == 0) return standard;
        bool valid = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && least <= number && number <= most;
        return valid ? number : throw new InputException(
            $"'{text}' will not do.", $"Write a whole number from {least} to {most}.", field: name);
    }

    /// <summary>A text of the query; null where it is absent or empty.</summary>
    internal static string? Text(HttpRequest request, string name)
    {
        string text = request.Query[name].ToString();
        return text.Length > 0 ? text : null;
    }

    private static string Tag(long position, LedgerHead head, ProgrammeShelf shelf, DateOnly? day) => string.Create(
        CultureInfo.InvariantCulture,
        $"\"{position}-{head.Entries}-{head.Hash[..16]}-{shelf.TextsHash}-{Build}{day?.DayNumber}\"");

    private static string Build { get; } =
        typeof(ApiAnswer).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];
}

/// <summary>A problem by RFC 9457.</summary>
/// <param name="Type">Always <c>about:blank</c>.</param>
/// <param name="Title">What is wrong, in general.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong here, and the remedy.</param>
/// <param name="Field">Which part of the question; null where none is to blame.</param>
internal sealed record ApiProblem(string Type, string Title, int Status, string Detail, string? Field);

/// <summary>A page of a longer list.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Offset">How many stand before this page.</param>
/// <param name="Items">The page.</param>
internal sealed record ApiPage<T>(int Total, int Offset, IReadOnlyList<T> Items)
{
    internal const int LimitDefault = 50;
    internal const int LimitMax = 500;

    /// <summary>Cuts the page that a request asks for.</summary>
    /// <exception cref="InputException">A limit or offset that will not do.</exception>
    internal static ApiPage<T> Of(HttpRequest request, IReadOnlyList<T> all)
    {
        int limit = (int)ApiAnswer.Number(request, "limit", LimitDefault, 1, LimitMax);
        int offset = (int)ApiAnswer.Number(request, "offset", 0, 0, int.MaxValue);
        return new ApiPage<T>(all.Count, offset, [.. all.Skip(offset).Take(limit)]);
    }
}
