namespace Monitor.Imagery.Pictures;

/// <summary>What is written around a map, and how the map is shown.</summary>
internal sealed record PictureText
{
    internal required string Title { get; init; }

    internal required string Subtitle { get; init; }

    internal required string Summary { get; init; }

    internal required ColourRamp Ramp { get; init; }

    /// <summary>Pixels of the picture along the side of a cell.</summary>
    internal required int Enlarge { get; init; }

    /// <summary>Width of a scene's pixel on the ground; null where it has no one width.</summary>
    internal required double? PixelMetres { get; init; }
}
