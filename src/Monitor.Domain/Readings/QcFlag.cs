namespace Monitor.Domain.Readings;

/// <summary>
/// Verdict of screening over one value: the numbers of QARTOD (IOOS Manual for Real-Time Quality Control), as they are
/// printed and exchanged. Only <see cref="Good"/> enters means; <see cref="Suspect"/> waits for a person.
/// </summary>
public enum QcFlag : byte
{
    /// <summary>Passed every test that applied.</summary>
    Good = 1,

    /// <summary>Not evaluated: the test had no neighbours or no limits to judge by.</summary>
    NotEvaluated = 2,

    /// <summary>Doubtful; excluded until a person reviewed it.</summary>
    Suspect = 3,

    /// <summary>Fails; not environmental data.</summary>
    Fail = 4,

    /// <summary>No value.</summary>
    Missing = 9,
}
