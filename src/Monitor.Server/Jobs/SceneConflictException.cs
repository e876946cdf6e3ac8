namespace Monitor.Server.Jobs;

/// <summary>The same pixels under the same terms gave other figures than before: nothing was stored.</summary>
public sealed class SceneConflictException : Exception
{
    /// <summary>For serializers only.</summary>
    public SceneConflictException() { }

    /// <summary>Which scene, and under which algorithm.</summary>
    public SceneConflictException(string message) : base(message) { }

    /// <summary>Which scene, under which algorithm, and the cause.</summary>
    public SceneConflictException(string message, Exception innerException) : base(message, innerException) { }
}
