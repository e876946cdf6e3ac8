using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Monitor.Domain;

namespace Monitor.Server.Api;

/// <summary>
/// What every request that changes something must be: sent by the page itself, never by another page that the browser shows
/// beside it; and, where it brings a body, JSON of a bounded size and exactly the known shape.
/// </summary>
internal static class StateChange
{
    /// <summary>Most bytes of a body.</summary>
    internal const int BodyBytesMax = 64 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>
    /// Maps a change that brings JSON. Another type of body has an answer of its own: the route would not be found, and
    /// the caller would look for a wrong address.
    /// </summary>
    internal static RouteHandlerBuilder MapJson<T>(this IEndpointRouteBuilder routes, string path, Delegate handler)
        where T : notnull
    {
        routes.MapPost(path, (HttpContext http) =>
        {
            RequireSameOrigin(http.Request);
            throw NoJson();
        }).ExcludeFromDescription();
        return routes.MapPost(path, handler).Accepts<T>(MediaTypeNames.Application.Json);
    }

    /// <summary>Refuses what another origin sends, and what does not say from where it comes.</summary>
    /// <exception cref="ApiRefusedException">403.</exception>
    internal static void RequireSameOrigin(HttpRequest request)
    {
        string origin = request.Headers[HeaderNames.Origin].ToString(), site = request.Headers["Sec-Fetch-Site"].ToString();
        string own = $"{request.Scheme}://{request.Host}";
        bool isOwn = origin.Length > 0 ? origin == own && site is "" or "same-origin" : site == "same-origin";
        if (!isOwn) throw ApiRefusedException.Forbidden(
            $"Only the page of this service may change something: the header Origin must be {own}.", HeaderNames.Origin);
    }

    /// <summary>Reads the body.</summary>
    /// <exception cref="ApiRefusedException">415 or 413.</exception>
    /// <exception cref="InputException">It is no JSON of that shape.</exception>
    internal static async Task<T> ReadAsync<T>(HttpContext http)
    {
        bool isJson = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase);
        if (!isJson) throw NoJson();
        if (http.Request.ContentLength > BodyBytesMax) throw TooLarge();
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = BodyBytesMax;
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Options, http.RequestAborted)
                ?? throw new InputException("The body is null.", "Send one JSON object.", field: "body");
        }
        catch (JsonException e)
        {
            string field = e.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "body";
            throw new InputException(
                $"The body is not what is expected: {e.Message}", "GET /api/v1/openapi.json describes it.", field: field);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
    }

    private static ApiRefusedException NoJson() => new(
        StatusCodes.Status415UnsupportedMediaType, "The body is not JSON.",
        "Send it with Content-Type: application/json.", HeaderNames.ContentType);

    private static ApiRefusedException TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "The body is too large.", $"At most {BodyBytesMax} bytes are taken.", "body");
}
