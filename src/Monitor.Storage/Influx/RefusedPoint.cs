namespace Monitor.Storage.Influx;

/// <summary>A reading that the server never takes as a point, as one of a year it does not know.</summary>
/// <param name="Position">Its position in the record, where it is and stays.</param>
/// <param name="Reason">In the server's words.</param>
/// <param name="Line">The line that was refused.</param>
public sealed record RefusedPoint(long Position, string Reason, string Line);
