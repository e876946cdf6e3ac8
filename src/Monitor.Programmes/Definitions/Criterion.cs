namespace Monitor.Programmes.Definitions;

/// <summary>What shows that a milestone is met. One type for each word of <c>criterion: kind:</c>; there are no others.</summary>
public abstract record Criterion
{
    // Only the kinds of this project.
    private protected Criterion() { }

    /// <summary>Its word in the file.</summary>
    public abstract string Kind { get; }

    /// <summary>The monitoring year that it is of, 1 for a bank's first; null where any year may show it.</summary>
    public int? Stage { get; init; }

    /// <summary>How it is measured, in the file's words; null where the file does not say.</summary>
    public string? Method { get; init; }

    /// <summary>Whether the site itself must show it, and not a paper alone.</summary>
    public abstract bool IsEcological { get; }
}

/// <summary><c>document</c>: a person files a document that shows it.</summary>
public sealed record ByDocument : Criterion
{
    /// <inheritdoc/>
    public override string Kind => "document";

    /// <inheritdoc/>
    public override bool IsEcological => false;
}

/// <summary><c>cover</c>: the site's vegetation cover from satellite scenes, with its error band.</summary>
/// <param name="AtLeast">The cover that its low end must reach, 0 to 1.</param>
public sealed record ByCover(decimal AtLeast) : Criterion
{
    /// <inheritdoc/>
    public override string Kind => "cover";

    /// <inheritdoc/>
    public override bool IsEcological => true;
}
