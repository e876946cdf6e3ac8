using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Evidence;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Xunit;
using Files = System.Collections.Generic.IReadOnlyDictionary<string, System.ReadOnlyMemory<byte>>;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>A bundle's scenes computed again from pixels that are found by their sealed hashes.</summary>
public sealed class ScenePixelsTests : IDisposable
{
    private static readonly WetlandProgramme Programme = DroppedScene.Programme;

    private readonly TempFolder _scratch = new(), _elsewhere = new();

    private DataFolder Folder => new(_scratch.Root);

    public void Dispose()
    {
        _scratch.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task Figures_and_composite_come_again_from_files_of_any_name_and_a_change_of_them_is_named()
    {
        Files bundle = await JudgedSeasonAsync();
        // All in one folder, under names that say nothing.
        string[] pixels = [.. Directory.GetFiles(Folder.Scenes, "*.tif", SearchOption.AllDirectories)];
        for (int i = 0; i < pixels.Length; i++) File.Copy(pixels[i], _elsewhere[$"{i}.bin"]);
        BundleReport whole = Verify(bundle, _elsewhere.Root);
        Assert.True(whole.Holds, Words(whole));
        Assert.Contains("4 scenes and 1 composites computed again from pixels", Step(whole, "scenes"), StringComparison.Ordinal);
        Assert.DoesNotContain(whole.Taken, t => t.Contains("scenes", StringComparison.Ordinal));
        Assert.Contains(
            "scenes from their sealed figures; --scenes DIR computes them again from pixels", Verify(bundle, null).Taken);

        // One of the season's red bands, which is somewhere among them.
        string red = Array.Find(pixels, p => p.EndsWith("jiulong-20250622-B04.tif", StringComparison.Ordinal))!;
        string copy = _elsewhere[$"{Array.IndexOf(pixels, red)}.bin"];
        byte[] bytes = await File.ReadAllBytesAsync(copy, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(copy, bytes, TestContext.Current.CancellationToken);
        BundleReport changed = Verify(bundle, _elsewhere.Root);
        Assert.Equal(("scenes", false), (changed.Steps[^1].Name, changed.Holds));
        Assert.Contains("is red (jiulong-20250622-B04.tif", changed.Steps[^1].Words, StringComparison.Ordinal);
        File.Move(copy, _elsewhere["jiulong-20250622-B04.tif"]);
        Assert.Contains(
            "the file of that name there has", Verify(bundle, _elsewhere.Root).Steps[^1].Words, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => PixelFiles.In(_elsewhere["none"]));
    }

    [Fact]
    public async Task Figures_that_are_sealed_and_that_no_pixels_give_are_named_with_both_values()
    {
        Files bundle = await JudgedSeasonAsync();
        SealedPixels pixels = Sealed(bundle);
        StoredReading high = pixels.Readings.First(r => r.Reading.Measurand == Measurands.CoverHigh);
        Assert.True(ReportedValue.TryParseQualified("0.999999", out ReportedValue better));
        SealedPixels embellished = pixels with
        {
            Readings = [.. pixels.Readings.Select(r => r == high ? r with { Reading = r.Reading with { Value = better } } : r)],
        };
        InputException fault = Assert.Throws<InputException>(() => Recompute(embellished, Folder.Scenes));
        Assert.Contains($"gives cover-high {high.Reading.Value} by ndvi-1, and cover-high 0.999999", fault.Fault,
            StringComparison.Ordinal);
        // Another meaning of the same bytes is another scene: its identity is not the one that the figures are under.
        SealedPixels reread = pixels with
        {
            Scenes = [.. pixels.Scenes.Select(s => s with { Scaling = s.Scaling with { Scale = "0.0002" } })],
        };
        Assert.Contains("give the identity", Assert.Throws<InputException>(() => Recompute(reread, Folder.Scenes)).Fault,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judgements_of_before_hashes_were_sealed_are_computed_from_described_scenes()
    {
        SealedPixels then = Sealed(await JudgedSeasonAsync()) with { Scenes = [] };
        Assert.Contains("4 scenes and 1 composites", Recompute(then, Folder.Scenes), StringComparison.Ordinal);
        foreach (string sidecar in Directory.GetFiles(Folder.Scenes, SceneSidecar.FileName, SearchOption.AllDirectories))
        {
            File.Delete(sidecar);
        }
        Assert.Contains("were not sealed", Assert.Throws<InputException>(() => Recompute(then, Folder.Scenes)).Fault,
            StringComparison.Ordinal);
    }

    // The bundle of the proposal that the season's fourth scene led to.
    private async Task<Files> JudgedSeasonAsync()
    {
        foreach ((int month, int day, double vegetated, double clouded) in ((int, int, double, double)[])
            [(5, 8, 0.70, 0), (6, 2, 0.76, 0.62), (6, 22, 0.84, 0), (7, 15, 0.93, 0)])
        {
            DroppedScene.Drop(Folder, "jiulong", $"s{month}-{day}", DroppedScene.At(month, day), vegetated, clouded);
        }
        await using JobService service = await JobService.StartAsync(
            Folder, new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero), [], Programme);
        LedgerEntry proposal = service.Server.Ledger.Entries().Last(e => e.Kind == LedgerKinds.Proposal);
        return new BundleFlow(
            service.Server.Ledger, service.Server.Record, service.Server.Registry, new EvidenceStore(Folder.Evidence), Folder)
            .Make(proposal.Number);
    }

    private static SealedPixels Sealed(Files bundle)
    {
        SealedPixels? asked = null;
        BundleReport report = BundleVerification.Run(bundle, SealingDesk.Software, pixels =>
        {
            asked = pixels;
            return "asked";
        });
        Assert.True(report.Holds, Words(report));
        Assert.Equal(4, asked!.Scenes.Count);
        Assert.All(asked.Scenes, s => Assert.Equal(["red", "nir", "mask"], s.Files.Select(f => f.Role)));
        return asked;
    }

    private static string Recompute(SealedPixels pixels, string folder) =>
        new ScenePixels(PixelFiles.In(folder), TestContext.Current.CancellationToken).Recompute(pixels);

    private static BundleReport Verify(Files bundle, string? folder) => BundleVerification.Run(
        bundle, SealingDesk.Software, folder is null ? null : pixels => Recompute(pixels, folder));

    private static string Step(BundleReport report, string name) => report.Steps.Single(s => s.Name == name).Words;

    private static string Words(BundleReport report) =>
        string.Join('\n', report.Steps.Select(s => $"{s.Name} {s.Holds}: {s.Words}"));
}
