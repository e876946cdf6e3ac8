namespace Monitor.Server.Api;

/// <summary>A request that is understood and not done; <see cref="ApiGuard"/> answers it with a problem document.</summary>
internal sealed class ApiRefusedException : Exception
{
    /// <summary>For serializers only.</summary>
    public ApiRefusedException() : this("It is refused.") { }

    /// <summary>A conflict without a place.</summary>
    public ApiRefusedException(string message) : base(message) => (Status, Title) = (StatusCodes.Status409Conflict, message);

    /// <summary>A conflict without a place, with its cause.</summary>
    public ApiRefusedException(string message, Exception innerException) : base(message, innerException) =>
        (Status, Title) = (StatusCodes.Status409Conflict, message);

    /// <summary>A refusal.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">What is wrong, in general.</param>
    /// <param name="detail">What is wrong here, and the remedy.</param>
    /// <param name="field">Which part of the request; null where none is to blame.</param>
    internal ApiRefusedException(int status, string title, string detail, string? field = null) : base(detail) =>
        (Status, Title, Field) = (status, title, field);

    /// <summary>The HTTP status.</summary>
    internal int Status { get; }

    /// <summary>What is wrong, in general.</summary>
    internal string Title { get; }

    /// <summary>Which part of the request, or null.</summary>
    internal string? Field { get; }

    /// <summary>After which time the same may be tried again; null where time does not help.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>401: nobody is signed in.</summary>
    internal static ApiRefusedException NotSignedIn() => new(
        StatusCodes.Status401Unauthorized, "Nobody is signed in.",
        "Sign in with POST /api/v1/session; after 15 idle minutes or 12 hours a session is over.");

    /// <summary>403: the person may not.</summary>
    internal static ApiRefusedException Forbidden(string detail, string? field = null) => new(
        StatusCodes.Status403Forbidden, "This is not allowed.", detail, field);
}
