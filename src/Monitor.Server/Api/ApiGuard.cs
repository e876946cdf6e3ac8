using System.Globalization;
using Microsoft.Extensions.Primitives;
using Monitor.Domain;
using Monitor.Storage;

namespace Monitor.Server.Api;

/// <summary>
/// Stands before every request: only names of this machine (a foreign name is a page elsewhere that was
/// rebound to it), headers that let the page load nothing from outside and run nothing inline, and problems
/// instead of stack traces.
/// </summary>
internal sealed class ApiGuard(RequestDelegate next, ILogger<ApiGuard> log)
{
    /// <summary>The page: its own scripts, styles and pictures; nobody frames it.</summary>
    internal const string PagePolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; " +
        "frame-src 'self'; frame-ancestors 'none'";

    /// <summary>A sealed document: its own style and nothing else; no script can run in it, whatever it holds.</summary>
    internal const string DocumentPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'self'; sandbox allow-same-origin allow-modals";

    private static readonly Action<ILogger, string, string, Exception?> LogFault = LoggerMessage.Define<string, string>(
        LogLevel.Error, new EventId(1, "ApiFault"), "{Method} {Path} failed.");

    public async Task InvokeAsync(HttpContext http)
    {
        Protect(http);
        if (!IsHere(http.Request.Host.Host))
        {
            await ApiAnswer.Problem(StatusCodes.Status400BadRequest, "This is not the address of this service.",
                "The service is open on this machine only: use http://127.0.0.1 or http://localhost.", "host")
                .ExecuteAsync(http);
            return;
        }
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone: there is nobody to answer.
            http.Abort();
        }
        catch (ApiRefusedException fault) when (!http.Response.HasStarted)
        {
            if (fault.RetryAfter is TimeSpan wait)
            {
                http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }
            await ApiAnswer.Problem(fault.Status, fault.Title, fault.Message, fault.Field).ExecuteAsync(http);
        }
        catch (InputException fault) when (!http.Response.HasStarted)
        {
            await ApiAnswer.Problem(StatusCodes.Status400BadRequest, "The question cannot be answered.",
                fault.Message, fault.Field).ExecuteAsync(http);
        }
        catch (Exception fault) when (!http.Response.HasStarted
            && fault is StoreUnavailableException or StoreUnusableException)
        {
            LogFault(log, http.Request.Method, http.Request.Path, fault);
            await ApiAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "The store does not answer now.",
                fault.Message, null).ExecuteAsync(http);
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            LogFault(log, http.Request.Method, http.Request.Path, fault);
            await ApiAnswer.Problem(StatusCodes.Status500InternalServerError, "The service failed on this question.",
                "The service's log says why. What is stored and sealed is not affected.", null).ExecuteAsync(http);
        }
    }

    private static bool IsHere(string host) => host is "127.0.0.1" or "localhost" or "[::1]";

    private static void Protect(HttpContext http)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/documents")
            ? new StringValues(DocumentPolicy)
            : new StringValues(PagePolicy);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
    }
}
