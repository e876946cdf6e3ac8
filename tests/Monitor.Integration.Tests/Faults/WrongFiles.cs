using System.Text;
using Monitor.Cli;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Storage;
using Monitor.Storage.Sqlite;

namespace Monitor.Integration.Tests.Faults;

/// <summary>A folder of files as users get them wrong, and of the right ones beside which they are given.</summary>
public sealed class WrongFiles : IDisposable
{
    // Longer than any row, and than any number.
    private static readonly string Huge = new('1', 1_200_000);

    private readonly TempFolder _folder = new();

    public WrongFiles()
    {
        Directory.CreateDirectory(_folder["dir"]);
        _folder.Write("empty", "");
        _folder.Write("photo.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 0x1A, 10, 0, 0, 0, 13, 0xFF, 0xFE]);
        WriteTables();
        WriteDefinitions();
        WriteConfigurations();
        WriteScene();
        WriteStores();
    }

    internal string Root => _folder.Root;

    public void Dispose() => _folder.Dispose();

    private void WriteTables()
    {
        Tables("class", "w01009,w21003", "7.1,0.4", value: "7.1");
        Tables("series", "time,value", "2025-01-01T00:00:00Z,1.5", value: "1.5", time: "2025-01-01T00:00:00Z");
        string section = DefinitionFiles.River(DefinitionFiles.Shipped("ou-river.yaml")).Sections[0].Id;
        Tables("read", "section,measurand,time,value,status", $"{section},w21003,2025-01-01T00:00:00Z,0.412,N",
            value: "0.412", time: "2025-01-01T00:00:00Z");
        _folder.Write("read-section.csv", "section,measurand,time,value,status\nXX,w21003,2025-01-01T00:00:00Z,1,N\n");
        Tables("replay", "time,measurand,value,status", "2025-01-01T00:00:00Z,w21003,0.412,N",
            value: "0.412", time: "2025-01-01T00:00:00Z");
        _folder.Write("other.csv", "colour,shape\nred,round\n");
    }

    /// <summary>One right table, and for each kind of fault one that has it and nothing else.</summary>
    private void Tables(string name, string header, string row, string value, string time = "")
    {
        _folder.Write($"{name}.csv", $"{header}\n{row}\n");
        _folder.Write($"{name}-number.csv",
            $"{header}\n{row}\n{row.Replace(value, "7.1x", StringComparison.Ordinal)}\n");
        _folder.Write($"{name}-latin.csv",
            Encoding.Latin1.GetBytes($"{header}\n{row.Replace(value, "0é", StringComparison.Ordinal)}\n"));
        _folder.Write($"{name}-huge.csv", $"{header}\n{row.Replace(value, Huge, StringComparison.Ordinal)}\n");
        string first = header.Split(',')[0];
        _folder.Write($"{name}-twice.csv", $"{header},{first}\n{row},1\n");
        if (time.Length == 0) return;
        string At(string moment) => $"{header}\n{row.Replace(time, moment, StringComparison.Ordinal)}\n";
        _folder.Write($"{name}-time.csv", At("2025-13-01T00:00:00Z"));
        _folder.Write($"{name}-offset.csv", At("2025-01-01T00:00:00"));
    }

    private void WriteDefinitions()
    {
        _folder.Write("limits.yaml", "gross_range: {fail: [0, 10]}\n");
        _folder.Write("limits-key.yaml", "gross_range: {fail: [0, 10]}\ncolour: 1\n");
        _folder.Write("limits-number.yaml", "gross_range: {fail: [0, ten]}\n");
        _folder.Write("limits-twice.yaml", "gross_range: {fail: [0, 1]}\ngross_range: {fail: [0, 1]}\n");
        _folder.Write("limits-huge.yaml", $"gross_range: {{fail: [0, {Huge}]}}\n");
        _folder.Write("latin.yaml", Encoding.Latin1.GetBytes("kind: rivière\n"));
        _folder.Write("other.yaml", "hello: 1\n");
    }

    private void WriteConfigurations()
    {
        _folder.Write("edge-key.json", """{"agent":"A","colour":"blue"}""");
        _folder.Write("edge-twice.json", """{"agent":"A","agent":"B"}""");
        _folder.Write("edge-number.json", """{"batch":"ten"}""");
        _folder.Write("edge-latin.json", Encoding.Latin1.GetBytes("""{"agent":"é"}"""));
    }

    private void WriteScene()
    {
        GeoReference fine = GeoReference.NorthUp(32650, 500_000, 3_000_000, 10);
        ushort[] pixels = [.. Enumerable.Range(0, 64 * 64).Select(i => (ushort)(1000 + i))];
        GeoTiffWriter.WriteAll<ushort>(_folder["red.tif"], pixels, 64, 64, fine, 0, TiffCompression.Deflate);
        GeoTiffWriter.WriteAll<ushort>(_folder["nir.tif"], pixels, 64, 64, fine, 0, TiffCompression.Deflate);
        GeoTiffWriter.WriteAll<ushort>(
            _folder["small.tif"], pixels.AsSpan(0, 100), 10, 10, fine, 0, TiffCompression.Deflate);
        byte[] whole = File.ReadAllBytes(_folder["red.tif"]);
        _folder.Write("cut.tif", whole[..(whole.Length / 2)]);
        _folder.Write("zones.geojson", """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"a"},"geometry":
            {"type":"Polygon","coordinates":[[[117,27],[117.001,27],[117.001,27.001],[117,27]]]}}]}
            """);
        _folder.Write("none.geojson", """{"type":"FeatureCollection","features":[]}""");
        _folder.Write("point.geojson", """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
            {"type":"Point","coordinates":[117,27]}}]}
            """);
        _folder.Write("broken.geojson", """{"type":"FeatureColl""");
    }

    private void WriteStores()
    {
        var data = new DataFolder(_folder["store"]);
        using (SqliteReadingStore.Open(data.Record))
        using (SqliteLedgerStore ledger = SqliteLedgerStore.Open(data))
        {
            var draft = new LedgerDraft(
                LedgerKinds.DefinitionAdopted, "k/1", "monitor test", null, null, "{}"u8.ToArray());
            ledger.Append(draft, default);
        }
        Directory.CreateDirectory(_folder["spoilt"]);
        foreach (string name in new[] { "record.db", "ledger.db", "outbox.db" })
        {
            _folder.Write($"spoilt/{name}", Encoding.ASCII.GetBytes(new string('x', 4096)));
        }
    }
}
