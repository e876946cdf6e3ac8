using Monitor.Cli;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>
/// What users get wrong, verb by verb: the exit code, nothing on stdout, and on stderr a message that names the place
/// and
/// the remedy. Files are those of <see cref="WrongFiles"/>; <c>x</c> within a file is a place that cannot be reached.
/// </summary>
public sealed class WrongInputTests(WrongFiles files) : IClassFixture<WrongFiles>
{
    [Theory]
    [InlineData("none.csv", "none.csv: There is no such file. Check the path.")]
    [InlineData("dir", "dir: It cannot be opened. Give a file, not a folder")]
    [InlineData("class.csv/x", "class.csv/x: There is no such file.")]
    [InlineData("empty", "empty:1: The file is empty. Give a file with a header line")]
    [InlineData("photo.png", "photo.png:1, column 1: The text is not UTF-8. Save the file as UTF-8.")]
    [InlineData("class-latin.csv", "class-latin.csv:2, column 1: The text is not UTF-8.")]
    [InlineData("other.csv", "other.csv:1: No column is an indicator of GB 3838-2002. Name the columns by HJ code")]
    [InlineData("class-number.csv", "class-number.csv:3, w01009: \"7.1x\" is not a plain decimal number. Write digits")]
    [InlineData("class-twice.csv",
        "class-twice.csv:1, w01009: Two columns are named \"w01009\". Rename or remove one.")]
    [InlineData("class-huge.csv", "class-huge.csv:2: The row is longer than 1 MiB.")]
    [InlineData("class.csv --water sea",
        "'sea' not recognized. Must be one of: 'river' 'lake' See `monitor classify --help`.")]
    [InlineData("class.csv --colour", "'--colour'. See `monitor classify --help`.")]
    [InlineData("", "Required argument missing for command: 'classify'. See `monitor classify --help`.")]
    public Task Classify(string arguments, string message) => Refuses(2, $"classify --json {arguments}", message);

    [Theory]
    [InlineData("none.csv --limits limits.yaml", "none.csv: There is no such file.")]
    [InlineData("dir --limits limits.yaml", "dir: It cannot be opened.")]
    [InlineData("empty --limits limits.yaml", "empty:1: The file is empty.")]
    [InlineData("photo.png --limits limits.yaml", "photo.png:1, column 1: The text is not UTF-8.")]
    [InlineData("series-latin.csv --limits limits.yaml", "series-latin.csv:2, column 2: The text is not UTF-8.")]
    [InlineData("other.csv --limits limits.yaml",
        "other.csv:1, time: The column \"time\" is missing. Add it; the file has")]
    [InlineData("series-number.csv --limits limits.yaml",
        "series-number.csv:3, value: \"7.1x\" is not a plain number.")]
    [InlineData("series-time.csv --limits limits.yaml",
        "series-time.csv:2, time: \"2025-13-01T00:00:00Z\" is no time. Write")]
    [InlineData("series-twice.csv --limits limits.yaml", "series-twice.csv:1, time: Two columns are named \"time\".")]
    [InlineData("series-huge.csv --limits limits.yaml", "series-huge.csv:2: The row is longer than 1 MiB.")]
    [InlineData("series.csv --limits none.yaml", "none.yaml: There is no such file.")]
    [InlineData("series.csv --limits dir", "dir: It cannot be opened.")]
    [InlineData("series.csv --limits limits.yaml/x", "limits.yaml/x: There is no such file.")]
    [InlineData("series.csv --limits empty", "empty:1: The file holds 0 YAML documents.")]
    [InlineData("series.csv --limits photo.png", "photo.png: The text is not UTF-8.")]
    [InlineData("series.csv --limits latin.yaml", "latin.yaml: The text is not UTF-8. Save the file as UTF-8.")]
    [InlineData("series.csv --limits limits-key.yaml",
        "limits-key.yaml:2, colour: \"colour\" is not a key here. Remove it")]
    [InlineData("series.csv --limits limits-number.yaml",
        "limits-number.yaml:1, gross_range.fail: \"ten\" is not a plain")]
    [InlineData("series.csv --limits limits-twice.yaml",
        "limits-twice.yaml:2: This is not YAML: Duplicate key gross_range")]
    [InlineData("series.csv --limits limits-huge.yaml", "limits-huge.yaml:1, gross_range.fail: \"1111")]
    [InlineData("series.csv", "Option '--limits' is required. See `monitor screen --help`.")]
    public Task Screen(string arguments, string message) => Refuses(2, $"screen --json {arguments}", message);

    [Theory]
    [InlineData("{ou} --readings none.csv --period 2025", "none.csv: There is no such file.")]
    [InlineData("{ou} --readings dir --period 2025", "dir: It cannot be opened.")]
    [InlineData("{ou} --readings empty --period 2025", "empty:1: The file is empty.")]
    [InlineData("{ou} --readings photo.png --period 2025", "photo.png:1, column 1: The text is not UTF-8.")]
    [InlineData("{ou} --readings read-latin.csv --period 2025", "read-latin.csv:2, column 4: The text is not UTF-8.")]
    [InlineData("{ou} --readings other.csv --period 2025", "other.csv:1, section: The column \"section\" is missing.")]
    [InlineData("{ou} --readings read-section.csv --period 2025",
        "read-section.csv:2, section: the programme has no section 'XX'. It has: ")]
    [InlineData("{ou} --readings read-number.csv --period 2025",
        "read-number.csv:3, value: '7.1x' is no number. Write digits")]
    [InlineData("{ou} --readings read-time.csv --period 2025",
        "read-time.csv:2, time: '2025-13-01T00:00:00Z' is no time")]
    [InlineData("{ou} --readings read-offset.csv --period 2025",
        "read-offset.csv:2, time: '2025-01-01T00:00:00' is no time with an offset. Write it as 2025-01-01T08")]
    [InlineData("{ou} --readings read-twice.csv --period 2025", "read-twice.csv:1, section: Two columns are named")]
    [InlineData("{ou} --readings read-huge.csv --period 2025", "read-huge.csv:2: The row is longer than 1 MiB.")]
    [InlineData("none.yaml --readings read.csv --period 2025",
        "none.yaml: there is no such file. Name a definition file")]
    [InlineData("dir --readings read.csv --period 2025", "dir: it cannot be opened. Give a file, not a folder")]
    [InlineData("photo.png --readings read.csv --period 2025", "photo.png:1: the file is not UTF-8. Save it as UTF-8.")]
    [InlineData("other.yaml --readings read.csv --period 2025", "other.yaml:1")]
    [InlineData("{ou} --readings read.csv --period 2025-13",
        "--period: '2025-13' is no period. Write a year, 2025, or")]
    [InlineData("{ou} --readings read.csv --period ''", "--period: '' is no period.")]
    [InlineData("{ou} --readings read.csv --period 2025 --set colour", "--set: 'colour' is not KEY=VALUE. Write it as")]
    [InlineData("{ou} --readings read.csv --period 2025 --set colour=1",
        "--set: the programme has no single value at 'colour'")]
    [InlineData("{ou} --readings read.csv", "Option '--period' is required. See `monitor assess --help`.")]
    public Task Assess(string arguments, string message) => Refuses(2, $"assess --json {arguments}", message);

    [Theory]
    [InlineData("none.yaml", "none.yaml: there is no such file.")]
    [InlineData("other.yaml/x", "other.yaml/x: there is no such file.")]
    [InlineData("dir", "dir: there is no *.yaml in this folder. Name a folder of definitions.")]
    [InlineData("", "Required argument missing for command: 'check'. See `monitor check --help`.")]
    public Task Check(string arguments, string message) => Refuses(2, $"check {arguments}", message);

    // The verb's own answer: a fault of the definition is "no", on stdout.
    [Theory]
    [InlineData("empty", "fault   empty:1: the file is not one YAML mapping.")]
    [InlineData("photo.png", "fault   photo.png:1: the file is not UTF-8. Save it as UTF-8.")]
    [InlineData("latin.yaml", "fault   latin.yaml:1: the file is not UTF-8.")]
    [InlineData("other.yaml", "fault   other.yaml:1, kind: is missing.")]
    public async Task Check_answers_no_to_a_definition_that_does_not_hold(string file, string answer)
    {
        (int code, string output, string errors) = await Run("monitor", $"check {file}");
        Assert.Equal((1, ""), (code, errors));
        Assert.Contains(answer, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify --data none", 2,
        "--data: There is no ledger in none. Name the folder that `serve` or `demo` wrote.")]
    [InlineData("verify --data empty", 2, "--data: There is no ledger in empty.")]
    [InlineData("verify --data ''", 2, "--data: The folder's name is empty.")]
    [InlineData("verify --data spoilt", 3, "spoilt/ledger.db: file is not a database")]
    [InlineData("verify --colour", 2, "'--colour'. See `monitor ledger verify --help`.")]
    [InlineData("show --data dir", 2, "--data: There is no ledger in dir.")]
    [InlineData("show --data spoilt", 3, "The file is damaged or no store: keep it aside and restore a backup.")]
    [InlineData("show 7 --data store", 2, "N: There is no entry 7. The ledger has entries 1 to 1.")]
    [InlineData("show seven --data store", 2, "Cannot parse argument 'seven' for command 'show' as a whole number.")]
    [InlineData("show 99999999999999999999 --data store", 2, "Cannot parse argument '99999999999999999999'")]
    [InlineData("", 2, "Required command was not provided. See `monitor ledger --help`.")]
    public Task Ledger(string arguments, int code, string message) => Refuses(code, $"ledger {arguments}", message);

    [Theory]
    [InlineData("1 --data none", 2,
        "--data: There is no record.db in none. Name the folder that `serve` or `demo` wrote.")]
    [InlineData("1 --data empty", 2, "--data: There is no record.db in empty.")]
    [InlineData("1 --data ''", 2, "--data: The folder's name is empty.")]
    [InlineData("1 --data spoilt", 3, "spoilt/record.db: file is not a database")]
    [InlineData("7 --data store", 2, "ENTRY: The ledger has no entry 7. It has 1 to 1.")]
    [InlineData("0 --data store", 2, "ENTRY: The ledger has no entry 0.")]
    [InlineData("1 --data store", 2, "which is not computed from readings. Name an assessment")]
    [InlineData("one --data store", 2, "Cannot parse argument 'one' for command 'replay' as a whole number.")]
    [InlineData("1.5 --data store", 2, "Cannot parse argument '1.5'")]
    [InlineData("--data store", 2, "Required argument missing for command: 'replay'. See `monitor replay --help`.")]
    public Task Replay(string arguments, int code, string message) => Refuses(code, $"replay {arguments}", message);

    [Theory]
    [InlineData("serve --port -1", 2, "--port: -1 is no port. Name one from 0 to 65535.")]
    [InlineData("serve --mqtt-port 65536", 2, "--mqtt-port: 65536 is no port.")]
    [InlineData("serve --port http", 2, "Cannot parse argument 'http' for option '--port' as a whole number.")]
    [InlineData("serve --port", 2, "Required argument missing for option: '--port'. See `monitor serve --help`.")]
    [InlineData("serve --data empty", 2, "empty is a file, not a folder. Name a folder")]
    [InlineData("serve --data empty/x", 2, "empty is a file, not a folder.")]
    [InlineData("serve --data ''", 2, "--data: The folder's name is empty.")]
    [InlineData("serve --port 0 --mqtt-port 0 --data spoilt", 3, "spoilt/record.db: file is not a database")]
    [InlineData("serve --colour", 2, "'--colour'. See `monitor serve --help`.")]
    [InlineData("demo --once --port -1", 2, "--port: -1 is no port.")]
    [InlineData("demo --once --port 65536", 2, "--port: 65536 is no port.")]
    [InlineData("demo --once --port http", 2, "Cannot parse argument 'http'")]
    [InlineData("demo --once --data empty", 2, "empty is a file, not a folder.")]
    [InlineData("demo --once --data empty/x", 2, "empty is a file, not a folder.")]
    [InlineData("demo --once --data ''", 2, "--data: The folder's name is empty.")]
    [InlineData("demo --once --data spoilt", 3, "spoilt/record.db: file is not a database")]
    [InlineData("demo --colour", 2, "'--colour'. See `monitor demo --help`.")]
    [InlineData("dance", 2, "'dance'. See `monitor --help`.")]
    [InlineData("", 2, "Required command was not provided. See `monitor --help`.")]
    public Task Serve_demo_and_unknown_verbs(string arguments, int code, string message) =>
        Refuses(code, arguments, message);

    [Theory]
    [InlineData("", 2, "See monitor-edge --help.")]
    [InlineData("--outbox spoilt/none/../outbox.db --replay none.csv", 2,
        "none.csv: the file cannot be opened. Check its name")]
    [InlineData("--outbox a.db --replay dir", 2, "dir: the file cannot be opened.")]
    [InlineData("--outbox b.db --replay replay.csv/x", 2, "replay.csv/x: the file cannot be opened.")]
    [InlineData("--outbox c.db --replay empty", 2, "empty: the file is empty. Begin it with column names.")]
    [InlineData("--outbox d.db --replay photo.png", 2, "photo.png:1: the line is not UTF-8.")]
    [InlineData("--outbox e.db --replay replay-latin.csv", 2,
        "replay-latin.csv:2: the line is not UTF-8. Save the file as")]
    [InlineData("--outbox f.db --replay other.csv", 2, "other.csv:1, time: the column is missing.")]
    [InlineData("--outbox g.db --replay replay-number.csv", 2,
        "replay-number.csv:3, value: '7.1x' is no plain decimal")]
    [InlineData("--outbox h.db --replay replay-time.csv", 2,
        "replay-time.csv:2, time: '2025-13-01T00:00:00Z' is no time")]
    [InlineData("--outbox i.db --replay replay-offset.csv", 2,
        "replay-offset.csv:2, time: '2025-01-01T00:00:00' is no time with an offset.")]
    [InlineData("--outbox j.db --replay replay-twice.csv", 2, "replay-twice.csv:1, time: the column comes twice.")]
    [InlineData("--outbox k.db --replay replay-huge.csv", 2, "replay-huge.csv:2: the line has over 4096 bytes.")]
    [InlineData("--outbox dir --replay replay.csv", 3, "The outbox dir cannot be opened")]
    [InlineData("--outbox empty/x.db --replay replay.csv", 3, "The outbox empty/x.db cannot be claimed")]
    [InlineData("--outbox store/ledger.db --replay replay.csv", 2,
        "the file is not an outbox of this version. Name another file.")]
    [InlineData("--outbox l.db --replay replay.csv --config none.json", 2,
        "none.json, --config: the file cannot be read.")]
    [InlineData("--outbox l.db --replay replay.csv --config dir", 2, "dir, --config: the file cannot be read.")]
    [InlineData("--outbox l.db --replay replay.csv --config empty", 2, "empty:1: the file is not JSON")]
    [InlineData("--outbox l.db --replay replay.csv --config edge-latin.json", 2,
        "edge-latin.json, --config: the file is not UTF-8.")]
    [InlineData("--outbox l.db --replay replay.csv --config edge-key.json", 2,
        "edge-key.json, colour: the key is unknown. Known are agent")]
    [InlineData("--outbox l.db --replay replay.csv --config edge-twice.json", 2,
        "edge-twice.json:1: the file is not JSON: Duplicate")]
    [InlineData("--outbox l.db --replay replay.csv --config edge-number.json", 2,
        "edge-number.json, batch: 'ten' is no whole number")]
    [InlineData("--outbox l.db --replay replay.csv --batch 0", 2,
        "--batch: '0' is no whole number in range. Give one from 1 to 500.")]
    [InlineData("--outbox l.db --replay replay.csv --agent é", 2, "--agent: the option comes twice.")]
    public async Task Edge_run(string arguments, int code, string message)
    {
        string line = arguments.Length == 0 ? "run --colour"
            : $"run --agent A --section S --server 127.0.0.1:1 --until-drained {arguments}";
        await Refuses(code, line, message, "monitor-edge");
    }

    [Theory]
    [InlineData("stats --red none.tif --nir nir.tif", 2,
        "none.tif: There is no such file. Name an existing raster file.")]
    [InlineData("stats --red dir --nir nir.tif", 2, "dir: There is no such file.")]
    [InlineData("stats --red red.tif/x --nir nir.tif", 2, "red.tif/x: There is no such file.")]
    [InlineData("stats --red empty --nir nir.tif", 2, "empty: It cannot be read as a raster")]
    [InlineData("stats --red other.csv --nir nir.tif", 2, "other.csv: It cannot be read as a raster")]
    [InlineData("stats --red cut.tif --nir nir.tif", 2, "cut.tif: It is truncated or corrupt")]
    [InlineData("stats --red red.tif#9 --nir nir.tif", 2, "red.tif: It has 1 bands, not 9. Name a band as FILE#N")]
    [InlineData("stats --red red.tif --nir small.tif", 2, "small.tif: It is 10 x 10, but red (red.tif) is 64 x 64.")]
    [InlineData("stats --red red.tif", 2, "--nir: It is missing. Give --red FILE and --nir FILE, or --item, or --product.")]
    [InlineData("stats --red red.tif --nir nir.tif --scale ten", 2, "--scale: 'ten' is not a number.")]
    [InlineData("stats --red red.tif --nir nir.tif --mask none.tif --mask-kind scl", 2,
        "none.tif: There is no such file.")]
    [InlineData("stats --red red.tif --nir nir.tif --mask red.tif --mask-kind snow", 2,
        "--mask-kind: 'snow' is not a kind of mask.")]
    [InlineData("stats --red red.tif --nir nir.tif --soil 1,2", 2, "--soil: '1,2' is not three numbers.")]
    [InlineData("stats --red red.tif --nir nir.tif --colour", 2, "'--colour'. See `monitor scene stats --help`.")]
    [InlineData("ndvi --red none.tif --nir nir.tif --out o.tif", 2, "none.tif: There is no such file.")]
    [InlineData("ndvi --red red.tif --nir nir.tif", 2, "--out: It is missing. Give --out FILE.tif.")]
    [InlineData("ndvi --red red.tif --nir nir.tif --out dir", 2, "dir, --out: It is a folder. Name a file in it.")]
    [InlineData("ndvi --red red.tif --nir nir.tif --out red.tif/x.tif", 2,
        "red.tif/x.tif, --out: There is no such folder")]
    [InlineData("ndvi --red red.tif --nir nir.tif --out o.tif --compress rar", 2,
        "--compress: 'rar' is not a compression.")]
    [InlineData("cover --red cut.tif --nir nir.tif --soil 0.05,0.1,0.2 --veg 0.8,0.86,0.9 --out o.tif", 2,
        "cut.tif: It is truncated")]
    [InlineData("cover --red red.tif --nir nir.tif --out o.tif", 2, "--soil: Cover needs its ends.")]
    [InlineData("mask --red red.tif --nir none.tif --out o.tif", 2, "none.tif: There is no such file.")]
    [InlineData("mask --red red.tif --nir nir.tif --out none/o.tif", 2, "none/o.tif, --out: There is no such folder")]
    [InlineData("zones --red red.tif --nir nir.tif", 2, "--polygons: It is missing.")]
    [InlineData("zones --red red.tif --nir nir.tif --polygons none.json", 2, "none.json: There is no such file.")]
    [InlineData("zones --red red.tif --nir nir.tif --polygons dir", 2, "dir: There is no such file.")]
    [InlineData("zones --red red.tif --nir nir.tif --polygons empty", 2, "empty: It cannot be read as polygons")]
    [InlineData("zones --red red.tif --nir nir.tif --polygons other.csv", 2,
        "other.csv: It is a table without shapes. Give GeoJSON")]
    [InlineData("zones --red red.tif --nir nir.tif --polygons none.geojson", 2, "none.geojson: It has no features.")]
    [InlineData("zones --red red.tif --nir nir.tif --polygons point.geojson", 2,
        "point.geojson: Feature 0 is a POINT.")]
    [InlineData("zones --red red.tif --nir nir.tif --polygons broken.geojson", 2,
        "broken.geojson: It cannot be read as polygons")]
    [InlineData("zones --red red.tif --nir nir.tif --polygons zones.geojson --id colour", 2,
        "zones.geojson, --id: It has no field 'colour'. Its fields are: name.")]
    [InlineData("zones --red red.tif --nir nir.tif --polygons zones.geojson --coverage half", 2,
        "--coverage: 'half' is not a coverage.")]
    public async Task Scene(string arguments, int code, string message)
    {
        await Refuses(code, $"scene {arguments}", message);
        Assert.Empty(Directory.EnumerateFiles(files.Root, "*o.tif*"));
    }

    [Theory]
    [InlineData("monitor", "check none.yaml")]
    [InlineData("monitor-edge", "status --outbox none.db")]
    public async Task A_step_to_die_at_is_refused_outside_a_test(string program, string arguments)
    {
        using ProgramProcess process = ProgramProcess.Start(
            program, arguments.Split(' '), [("MONITOR_TEST_DIE_AT", "received"), ("MONITOR_TEST", "")]);
        Assert.Equal((2, ""), (await process.ExitAsync(), await process.OutputAsync()));
        Assert.Contains("MONITOR_TEST_DIE_AT is set, which kills this program on purpose. Unset it.", process.Errors,
            StringComparison.Ordinal);
    }

    private async Task Refuses(int code, string line, string message, string program = "monitor")
    {
        (int actual, string output, string errors) = await Run(program, line);
        Assert.True(code == actual, $"{actual}: {errors}");
        Assert.Equal("", output);
        Assert.Contains(message, errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        // Short enough to be read, whatever was in the file.
        Assert.InRange(errors.Length, 1, 1000);
    }

    private async Task<(int Code, string Output, string Errors)> Run(string program, string line)
    {
        string river = Path.Combine(DefinitionFiles.ShippedFolder, "ou-river.yaml");
        IEnumerable<string> arguments = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part == "''" ? "" : part.Replace("{ou}", river, StringComparison.Ordinal));
        using ProgramProcess process = ProgramProcess.Start(program, arguments, folder: files.Root);
        int code = await process.ExitAsync();
        return (code, await process.OutputAsync(), process.Errors);
    }
}
