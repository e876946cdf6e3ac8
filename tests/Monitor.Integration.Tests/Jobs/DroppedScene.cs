using Monitor.Cli;
using Monitor.Cli.Demo;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Storage;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>Scenes of a bank's site with real pixels, as somebody drops them into the inbox.</summary>
internal static class DroppedScene
{
    public static WetlandProgramme Programme { get; } =
        WetlandProgrammeReader.Read(DefinitionFiles.Shipped("wetland-seed-florida.yaml"));

    /// <summary>When a scene is taken unless a test says otherwise.</summary>
    public static Instant Taken { get; } = At(7, 15);

    public static Instant At(int month, int day) =>
        Instant.From(new DateTimeOffset(2025, month, day, 2, 40, 0, TimeSpan.Zero));

    /// <summary>The folder of a scene in the inbox.</summary>
    public static string FolderOf(DataFolder folder, string bank, string name) =>
        Path.Combine(folder.Scenes, "inbox", bank, name);

    /// <summary>Drops the bands and the sidecar.</summary>
    /// <returns>The scene's folder.</returns>
    public static string Drop(
        DataFolder folder, string bank, string name, Instant? taken = null, double vegetated = 0.93, double clouded = 0)
    {
        string place = FolderOf(folder, bank, name);
        SceneSource source = Bands(place, taken ?? Taken, vegetated, clouded);
        SceneSidecar.Write(place, taken ?? Taken, source);
        return place;
    }

    /// <summary>Writes the bands alone: red B04, near infrared B08 and scene classification SCL, × 0.0001.</summary>
    public static SceneSource Bands(string place, Instant taken, double vegetated = 0.93, double clouded = 0) =>
        new SyntheticScene(Programme.FindBank("jiulong")!, taken, vegetated, clouded).Write(place);
}
