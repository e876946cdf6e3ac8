using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Imagery.Tiles;
using Monitor.Programmes.Definitions;

namespace Monitor.Server.Scenes;

/// <summary>A scene in the folder of those that were taken, with its files as they are now.</summary>
/// <param name="Id">
/// Its identity by content, 32 hexadecimal digits: the one under which its figures were stored, while the terms and the
/// files are those of then.
/// </param>
/// <param name="Name">Its folder's name.</param>
/// <param name="Taken">When it was taken.</param>
/// <param name="Programme">The terms it is shown by.</param>
/// <param name="Bank">The bank whose scene it is.</param>
/// <param name="Source">Its files, the mask grown as the terms ask.</param>
/// <param name="Footprint">Where it lies.</param>
internal sealed record TakenScene(
    string Id, string Name, Instant Taken, WetlandProgramme Programme, WetlandBank Bank, SceneSource Source,
    SceneFootprint Footprint);

/// <summary>A folder among the taken scenes that cannot be shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Taken">When the scene was taken; null where that cannot be read.</param>
/// <param name="Reason">Why not, in a sentence.</param>
internal sealed record LostScene(string Name, Instant? Taken, string Reason);

/// <summary>What lies among the taken scenes of one bank.</summary>
/// <param name="Scenes">Those that can be shown, by time.</param>
/// <param name="Lost">The rest.</param>
internal sealed record BankScenes(IReadOnlyList<TakenScene> Scenes, IReadOnlyList<LostScene> Lost);
