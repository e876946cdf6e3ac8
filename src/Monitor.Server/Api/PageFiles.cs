using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Monitor.Server.Api;

/// <summary>
/// The page's files, where the program was built with them. Every address of the page is answered with the page itself.
/// </summary>
internal static class PageFiles
{
    private const string Forever = "public, max-age=31536000, immutable";

    internal static void UsePage(this WebApplication host)
    {
        string root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(root)) return;
        var files = new PhysicalFileProvider(root);
        host.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        host.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new FileExtensionContentTypeProvider(),
            // Vite puts a hash of the content into the names under assets/; index.html has no such name.
            OnPrepareResponse = answer => answer.Context.Response.Headers.CacheControl =
                answer.Context.Request.Path.StartsWithSegments("/assets") ? Forever : "no-cache",
        });
    }

    /// <summary>Answers what nothing else answers: the page for its own addresses, a problem for the API's.</summary>
    internal static void MapPage(this WebApplication host)
    {
        host.MapFallback("/api/{**rest}", (string? rest) => ApiAnswer.Missing(
            $"There is no /api/{rest}.", "GET /api/v1/openapi.json names what there is.")).ExcludeFromDescription();
        string index = Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html");
        host.MapFallback((HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-cache";
            return File.Exists(index)
                ? Results.File(index, "text/html; charset=utf-8")
                : ApiAnswer.Missing("This program was built without the page.", "The API is under /api/v1/.");
        }).ExcludeFromDescription();
    }
}
