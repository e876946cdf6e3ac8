using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Raster.Zones;
using Monitor.Server.Scenes;

namespace Monitor.Server.Jobs;

/// <summary>
/// Computes the figures of a sealed judgement again from the pixels of a folder, and compares them with the sealed readings, to
/// their last digit. Files are found by what is in them; their names and folders say nothing.
/// </summary>
/// <param name="files">The folder's files.</param>
/// <param name="cancellation">Stops between scenes and inside them.</param>
public sealed class ScenePixels(PixelFiles files, CancellationToken cancellation)
{
    private readonly FileDigests digests = new();

    /// <summary>Computes again, and says what was found.</summary>
    /// <exception cref="InputException">A file is missing or another, or a figure is: the first difference.</exception>
    public string Recompute(SealedPixels sealedOnes)
    {
        (int scenes, int composites) = (0, 0);
        Dictionary<string, (Instant Taken, SceneSource Masked)> sources = [];
        foreach (IGrouping<string, StoredReading> scene in Batches(sealedOnes, Measurands.ClearFraction))
        {
            Instant taken = scene.First().Reading.Time;
            SceneSource masked = Find(sealedOnes, scene.Key, taken);
            sources[scene.Key] = (taken, masked);
            Polygon outline = SiteOutline.In(sealedOnes.Bank.Outline, sealedOnes.Bank.Crs, masked.Red);
            ZoneFigures figures = SceneZones.Compute(
                masked, [outline], sealedOnes.Programme.Cover.Ends(), CoverageRule.Exact, Environment.ProcessorCount,
                cancellation)[0];
            Require(
                $"the scene of {taken}", scene,
                SiteFigures.OfScene(sealedOnes.Programme, sealedOnes.Bank, taken, figures, scene.Key));
            scenes++;
        }
        foreach (IGrouping<string, StoredReading> composite in Batches(sealedOnes, Measurands.EnoughFraction))
        {
            Compose(sealedOnes, composite, sources);
            composites++;
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"{scenes} scenes and {composites} composites computed again from pixels, by {SiteFigures.Algorithm} and "
            + $"{SiteFigures.CompositeAlgorithm}: every figure is the sealed one, to its last digit{Found}");
    }

    private string Found => files.Looked == 0
        ? "; the scenes were found by their identity"
        : string.Create(CultureInfo.InvariantCulture, $"; {files.Looked} files of {files.Folder} were hashed");

    private void Compose(
        SealedPixels sealedOnes, IGrouping<string, StoredReading> composite,
        Dictionary<string, (Instant Taken, SceneSource Masked)> sources)
    {
        (WetlandProgramme programme, WetlandBank bank) = (sealedOnes.Programme, sealedOnes.Bank);
        Instant time = composite.First(r => r.Reading.Measurand == Measurands.EnoughFraction).Reading.Time;
        List<(Instant Time, SceneSource Source, string Identity)> dates = [];
        foreach (StoredReading used in composite.Where(r => r.Reading.Measurand == Measurands.CompositeAt))
        {
            (string Key, (Instant Taken, SceneSource Masked) Value)? date = sources
                .Where(s => s.Value.Taken == used.Reading.Time).Select(s => ((string, (Instant, SceneSource))?)(s.Key, s.Value))
                .FirstOrDefault();
            if (date is not (string identity, (Instant taken, SceneSource masked))) throw Differs(
                $"the composite at {time} is made of a scene of {used.Reading.Time}, of which no figures are sealed.");
            dates.Add((taken, masked, identity));
        }
        if (programme.Composite is not CompositeTerms terms) throw Differs("the sealed terms ask for no composite.");
        if (dates.Count == 0) throw Differs($"the composite at {time} names no scene.");
        Polygon outline = SiteOutline.In(bank.Outline, bank.Crs, dates[0].Source.Red);
        ZoneFigures figures = CompositeZones.Compute(
            [.. dates.Select(d => d.Source)], terms.DatesMin, [outline], programme.Cover.Ends(), CoverageRule.Exact,
            Environment.ProcessorCount, cancellation)[0];
        Require(
            $"the composite at {time}", composite,
            SiteFigures.OfComposite(programme, bank, time, figures, [.. dates.Select(d => (d.Time, d.Identity))]));
    }

    private SceneSource Find(SealedPixels sealedOnes, string identity, Instant taken)
    {
        SceneManifest? manifest = sealedOnes.Scenes.FirstOrDefault(s => s.Identity == identity);
        if (manifest is null) return files.FindDescribed(sealedOnes.Programme, sealedOnes.Bank, identity, digests)
            ?? throw Differs(
                $"the hashes of the files of the scene of {taken} were not sealed, and no described scene of {files.Folder} has "
                + $"its identity {identity}.");
        SceneSource masked = SceneIdentity.Source(
            sealedOnes.Programme.Cover, manifest, file => files.Find(file) ?? throw Differs(files.Missing(file, taken)));
        string again = SceneIdentity.Of(sealedOnes.Programme, sealedOnes.Bank, masked, digests.Of);
        return manifest.Taken == taken && again == identity ? masked : throw Differs(
            $"the files that are sealed for the scene of {taken} give the identity {again}, and its figures have {identity}.");
    }

    private static IEnumerable<IGrouping<string, StoredReading>> Batches(SealedPixels sealedOnes, string measurand)
    {
        HashSet<string> boots = [.. sealedOnes.Readings.Where(r => r.Reading.Measurand == measurand).Select(r => r.Boot)];
        return sealedOnes.Readings.Where(r => boots.Contains(r.Boot)).GroupBy(r => r.Boot)
            .OrderBy(g => g.Min(r => r.Reading.Time));
    }

    private static void Require(string what, IGrouping<string, StoredReading> sealedOnes, ReadingBatch? again)
    {
        List<Reading> then = [.. sealedOnes.Select(r => r.Reading).OrderBy(r => r.Index)];
        IReadOnlyList<Reading> now = again?.Readings ?? [];
        for (int i = 0; i < Math.Max(then.Count, now.Count); i++)
        {
            (Reading? was, Reading? today) = (i < then.Count ? then[i] : null, i < now.Count ? now[i] : null);
            if (was != today) throw Differs($"{what} gives {Words(today)}, and {Words(was)} is sealed.");
        }
        if (again is not null && again.Boot != sealedOnes.Key) throw Differs(
            $"{what} has the identity {again.Boot}, and {sealedOnes.Key} is sealed.");
    }

    private static string Words(Reading? r) => r is null ? "no more figure" : $"{r.Measurand} {r.Value} by {r.Instrument}";

    private static InputException Differs(string why) => new(why, "Compare the files with those of the other party.");
}
