using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Judgements;
using Monitor.Server.Jobs;

namespace Monitor.Server.Api;

/// <summary>
/// <c>GET /api/v1/sections/{id}/readings?measurand=&amp;from=&amp;to=&amp;limit=&amp;offset=&amp;position=</c>:
/// readings beside their flags, a page at a time. <c>next</c> names the position that the first page was read up to,
/// so that pages fit together whatever arrives meanwhile.
/// </summary>
internal static class ReadingsApi
{
    private const int LimitDefault = 500;
    private const int LimitMax = 5000;

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ss.fffzzz",
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
    ];

    internal static void MapReadings(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/sections/{id}/readings", Answer);

    private static IResult Answer(
        string id, HttpRequest request, ProgrammeShelf shelf, IReadingStore record, IRegistryStore registry, SectionYears years)
    {
        try
        {
            string? measurand = Text(request, "measurand");
            var question = new ReadingsQuestion(
                id, measurand, Moment(request, "from"), Moment(request, "to"), Number(request, "position"));
            long limit = Number(request, "limit") ?? LimitDefault, offset = Number(request, "offset") ?? 0;
            if (limit is < 1 or > LimitMax) throw new InputException(
                $"{limit} is no page size.", $"Ask for 1 to {LimitMax}.", field: "limit");
            if (offset < 0) throw new InputException($"{offset} is no offset.", "Begin at 0.", field: "offset");
            ReadingsAnswer answer = question.Answer(shelf, record, (programme, section, year, position) =>
                years.Read(programme, section, year, position, record, registry).Readings);
            return Results.Bytes(Page(question, answer, (int)limit, offset), "application/json; charset=utf-8");
        }
        catch (InputException fault)
        {
            bool unknown = fault.Field == "section";
            return Problem(
                unknown ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest,
                unknown ? "No such section." : "The question cannot be answered.", fault.Message, fault.Field);
        }
        catch (StoreUnavailableException fault)
        {
            return Problem(
                StatusCodes.Status503ServiceUnavailable, "The store does not answer now.", fault.Message, null);
        }
    }

    private static IResult Problem(int status, string title, string detail, string? field) => Results.Problem(
        detail, statusCode: status, title: title,
        extensions: field is null ? null : new Dictionary<string, object?> { ["field"] = field });

    private static byte[] Page(ReadingsQuestion question, ReadingsAnswer answer, int limit, long offset)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("section", question.Section);
            json.WriteNumber("position", answer.Position);
            json.WriteNumber("total", answer.Readings.Count);
            json.WriteNumber("offset", offset);
            json.WriteStartArray("readings");
            foreach (ShownReading reading in answer.Readings.Skip((int)Math.Min(offset, int.MaxValue)).Take(limit))
            {
                json.WriteStartObject();
                ReadingJson.Write(json, reading);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            bool isLast = offset + limit >= answer.Readings.Count;
            json.WriteString("next", isLast ? null : Next(question, answer, limit, offset));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string Next(ReadingsQuestion question, ReadingsAnswer answer, int limit, long offset)
    {
        var query = new QueryString();
        if (question.Measurand is not null) query = query.Add("measurand", question.Measurand);
        if (question.From is Instant from) query = query.Add("from", from.ToString());
        if (question.To is Instant to) query = query.Add("to", to.ToString());
        query = query.Add("limit", limit.ToString(CultureInfo.InvariantCulture))
            .Add("offset", (offset + limit).ToString(CultureInfo.InvariantCulture))
            .Add("position", answer.Position.ToString(CultureInfo.InvariantCulture));
        return $"/api/v1/sections/{question.Section}/readings{query}";
    }

    private static string? Text(HttpRequest request, string name)
    {
        string text = request.Query[name].ToString();
        return text.Length > 0 ? text : null;
    }

    private static long? Number(HttpRequest request, string name)
    {
        if (Text(request, name) is not string text) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new InputException($"'{text}' is no whole number.", "Write digits.", field: name);
    }

    private static Instant? Moment(HttpRequest request, string name)
    {
        if (Text(request, name) is not string text) return null;
        // A plus that was not escaped arrives as a blank.
        bool valid = DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset moment);
        return valid ? Instant.From(moment) : throw new InputException(
            $"'{text}' is no time with an offset.", "Write it as 2025-03-01T00:00:00+08:00 or …Z.", field: name);
    }
}
