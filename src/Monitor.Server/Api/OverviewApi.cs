using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Monitor.Domain.Readings;
using Monitor.Ledger;

namespace Monitor.Server.Api;

/// <summary>The first page, and the figures that it shows.</summary>
internal static class OverviewApi
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InstantText() },
    };

    internal static void MapOverview(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/api/v1/overview",
        (ProgrammeShelf shelf, IReadingStore record, ILedgerStore ledger, TimeProvider clock) => Results.Json(
            Overview.Read(shelf, record, ledger, ledger.Verify(), Instant.From(clock.GetUtcNow())), Options));

    /// <summary>Serves the page's files, where the program was built with them.</summary>
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
        });
    }

    private sealed class InstantText : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Instant.From(reader.GetDateTimeOffset());

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
