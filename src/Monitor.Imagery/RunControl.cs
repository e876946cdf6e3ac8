namespace Monitor.Imagery;

/// <summary>How a long piece of work is stopped and watched. A token alone will do.</summary>
/// <param name="Cancellation">Stops between windows.</param>
/// <param name="Progress">Told the part that is done, from 0 to 1, by any thread; null when nobody asks.</param>
public readonly record struct RunControl(CancellationToken Cancellation, IProgress<double>? Progress = null)
{
    /// <summary>Work that can be stopped and is not watched.</summary>
    public static implicit operator RunControl(CancellationToken cancellation) => FromCancellationToken(cancellation);

    /// <summary>Work that can be stopped and is not watched.</summary>
    public static RunControl FromCancellationToken(CancellationToken cancellation) => new(cancellation);
}
