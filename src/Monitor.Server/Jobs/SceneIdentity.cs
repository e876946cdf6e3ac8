using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Raster;

namespace Monitor.Server.Jobs;

/// <summary>
/// The name that a scene has by what is in it. Another byte of its pixels, another meaning of its numbers, other terms or
/// another algorithm is another scene.
/// </summary>
internal static class SceneIdentity
{
    /// <summary>The identity under which a bank's figures of the scene are stored.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="digest">SHA-256 of a file, by its path.</param>
    internal static string Of(WetlandProgramme programme, WetlandBank bank, SceneSource scene, Func<string, byte[]> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in scene.Files) hash.AppendData(digest(file));
        // What the numbers mean is part of what they are: other scaling, other figures.
        FormattableString meaning = $"{scene.Scale:R} {scene.Offset:R} {scene.RedScaling} {scene.NirScaling} {scene.NoData}";
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(meaning)));
        if (scene.LeavesOutWater) hash.AppendData(Encoding.UTF8.GetBytes($"green {scene.GreenScaling}"));
        hash.AppendData(Encoding.UTF8.GetBytes($"{programme.Text.Sha256} {bank.Id} {SiteFigures.Algorithm}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Identifier.LengthMax];
    }

    /// <summary>The files by their hashes, and what their numbers mean, as a judgement seals them.</summary>
    /// <param name="taken">When the scene was taken.</param>
    /// <param name="masked">The scene, as the terms ask for it.</param>
    /// <param name="identity">Its identity.</param>
    /// <param name="digest">SHA-256 of a file, by its path.</param>
    internal static SceneManifest Manifest(Instant taken, SceneSource masked, string identity, Func<string, byte[]> digest)
    {
        List<SceneFile> files = [];
        void Add(string role, BandReference? band, BandScaling? own)
        {
            if (band is null) return;
            files.Add(new SceneFile(
                role, Convert.ToHexStringLower(digest(band.File)), new FileInfo(band.File).Length, Path.GetFileName(band.File),
                band.Band, own is BandScaling s ? Scaling(s.Scale, s.Offset, s.NoData) : null));
        }
        Add("red", masked.Red, masked.RedScaling);
        Add("nir", masked.Nir, masked.NirScaling);
        Add("mask", masked.Mask?.Band, null);
        Add("saturation", masked.Saturation, null);
        if (masked.LeavesOutWater) Add("green", masked.Green, masked.GreenScaling);
        return new SceneManifest(
            identity, taken, files, masked.Mask?.Kind.ToString(), Scaling(masked.Scale, masked.Offset, masked.NoData));
    }

    /// <summary>The scene of a manifest, whose files lie where they lie now; masked as the terms ask.</summary>
    /// <exception cref="FormatException">The manifest is none of this program's.</exception>
    internal static SceneSource Source(CoverTerms cover, SceneManifest scene, Func<SceneFile, string> find)
    {
        BandReference? Band(string role) => scene.Find(role) is SceneFile file ? new BandReference(find(file), file.Band) : null;
        BandScaling? Own(string role) => scene.Find(role)?.Scaling is SceneScaling s
            ? new BandScaling(Number(s.Scale), Number(s.Offset), s.NoData is null ? null : Number(s.NoData))
            : null;
        if (Band("red") is not BandReference red || Band("nir") is not BandReference nir) throw new FormatException(
            $"The scene of {scene.Taken} names no red or no near infrared band.");
        return cover.Masked(new SceneSource(red, nir)
        {
            Green = Band("green"),
            Mask = Band("mask") is BandReference mask ? new SceneMask(mask, Kind(scene)) : null,
            Saturation = Band("saturation"),
            Scale = Number(scene.Scaling.Scale),
            Offset = Number(scene.Scaling.Offset),
            NoData = scene.Scaling.NoData is string none ? Number(none) : null,
            RedScaling = Own("red"),
            NirScaling = Own("nir"),
            GreenScaling = Own("green"),
        });
    }

    private static MaskKind Kind(SceneManifest scene) => Enum.TryParse(scene.MaskKind, out MaskKind kind)
        ? kind
        : throw new FormatException($"The scene of {scene.Taken} has a mask of the kind '{scene.MaskKind}'.");

    private static SceneScaling Scaling(double scale, double offset, double? noData) =>
        new(Text(scale), Text(offset), noData is double none ? Text(none) : null);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>SHA-256 of a file as it is now.</summary>
    internal static byte[] Digest(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return SHA256.HashData(stream);
    }
}
