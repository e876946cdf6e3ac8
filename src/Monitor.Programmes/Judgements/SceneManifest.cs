using Monitor.Domain.Readings;

namespace Monitor.Programmes.Judgements;

/// <summary>A file of a scene, by what is in it.</summary>
/// <param name="Role"><c>red</c>, <c>nir</c>, <c>green</c>, <c>mask</c> or <c>saturation</c>.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Bytes">How many they are.</param>
/// <param name="Name">Its name when it was taken; for people, nothing is found by it.</param>
/// <param name="Band">Which of its bands, from 1.</param>
/// <param name="Scaling">Scale, offset and nodata of this band alone; null where the scene's hold.</param>
public sealed record SceneFile(string Role, string Sha256, long Bytes, string Name, int Band, SceneScaling? Scaling);

/// <summary>
/// What a raster's numbers mean: reflectance = DN × scale + offset. Doubles of rasters in the shortest text that gives them back,
/// so that none is ever reckoned with here.
/// </summary>
/// <param name="Scale">Reflectance per DN.</param>
/// <param name="Offset">Reflectance at DN 0.</param>
/// <param name="NoData">Nodata; null leaves the file its own.</param>
public sealed record SceneScaling(string Scale, string Offset, string? NoData);

/// <summary>
/// A scene's files by their hashes and what their numbers mean, as a judgement seals them beside the figures: whoever has the
/// files, under whatever names, can compute the figures again.
/// </summary>
/// <param name="Identity">The identity under which the figures are in the record.</param>
/// <param name="Taken">When the scene was taken.</param>
/// <param name="Files">Its files.</param>
/// <param name="MaskKind">How the mask's numbers are read; null where there is none.</param>
/// <param name="Scaling">Of the bands that have none of their own.</param>
public sealed record SceneManifest(
    string Identity, Instant Taken, IReadOnlyList<SceneFile> Files, string? MaskKind, SceneScaling Scaling)
{
    /// <summary>The file of a role; null where the scene has none.</summary>
    public SceneFile? Find(string role) => Files.FirstOrDefault(f => f.Role == role);
}
