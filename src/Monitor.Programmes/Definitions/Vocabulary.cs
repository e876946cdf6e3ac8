namespace Monitor.Programmes.Definitions;

/// <summary>
/// What a reader asked of definitions, place by place, written down while it read them: so that the schema that is published
/// for editors is the reader's own, and cannot say otherwise.
/// </summary>
internal sealed class Vocabulary
{
    private readonly SortedDictionary<string, Place> places = new(StringComparer.Ordinal);

    /// <summary>The place of a pattern, as <c>sections[].baseline.values.*</c>; the root's is empty.</summary>
    internal Place At(string pattern)
    {
        if (!places.TryGetValue(pattern, out Place? place)) places.Add(pattern, place = new Place());
        return place;
    }

    /// <summary>One place of a definition.</summary>
    internal sealed class Place
    {
        /// <summary>What stands there, apart from mappings: <c>array</c>, <c>text</c>, <c>number</c>, <c>id</c>.</summary>
        internal SortedSet<string> Shapes { get; } = new(StringComparer.Ordinal);

        /// <summary>The closed words that may stand there; none where it is free.</summary>
        internal SortedSet<string> Words { get; } = new(StringComparer.Ordinal);

        /// <summary>Least and greatest whole number, both inclusive.</summary>
        internal (int Min, int Max)? Range { get; set; }

        /// <summary>The mappings that stood there, by file and line.</summary>
        internal HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        /// <summary>The mappings that were asked for a key, and whether it may be missing.</summary>
        internal SortedDictionary<string, (HashSet<string> AskedOf, bool MayMiss)> Keys { get; } = new(StringComparer.Ordinal);

        /// <summary>Whether its keys are free, as codes of measurands.</summary>
        internal bool HasFreeKeys { get; set; }
    }
}
