namespace Monitor.Imagery;

/// <summary>A rectangle of pixels.</summary>
/// <param name="X">First column, from 0.</param>
/// <param name="Y">First row, from 0.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct RasterWindow(int X, int Y, int Width, int Height)
{
    /// <summary>Pixels.</summary>
    public int Area => Width * Height;
}
