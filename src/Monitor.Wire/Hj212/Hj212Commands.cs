using Monitor.Domain.Readings;

namespace Monitor.Wire.Hj212;

/// <summary>The commands (CN) that are sent, answered or read here; HJ 212-2017 table 9.</summary>
public static class Hj212Commands
{
    /// <summary>Set the device's clock.</summary>
    public const string SetTime = "1012";

    /// <summary>A device asks for its clock to be set.</summary>
    public const string AsksForTime = "1013";

    /// <summary>Values at a moment.</summary>
    public const string RealTime = "2011";

    /// <summary>Means of days.</summary>
    public const string Day = "2031";

    /// <summary>Means of minutes.</summary>
    public const string Minute = "2051";

    /// <summary>Means of hours.</summary>
    public const string Hour = "2061";

    /// <summary>Whether a request will be carried out: QnRtn.</summary>
    public const string RequestAnswer = "9011";

    /// <summary>What became of it: ExeRtn.</summary>
    public const string Execution = "9012";

    /// <summary>A notice was taken.</summary>
    public const string NoticeAnswer = "9013";

    /// <summary>Data were taken.</summary>
    public const string DataAnswer = "9014";

    /// <summary>A sign of life (HJ 212-2025, HJ 1404-2024).</summary>
    public const string Heartbeat = "9015";

    /// <summary>
    /// What the readings of a command stand for in time; null for commands that carry none. Checks of standards, zero, span,
    /// spikes and parallel samples (2062 to 2066) are no readings of the river.
    /// </summary>
    public static Statistic? StatisticOf(string? command) => command switch
    {
        RealTime => Statistic.Instantaneous,
        Minute => Statistic.Minute,
        Hour => Statistic.Hour,
        Day => Statistic.Day,
        _ => null,
    };

    /// <summary>The command that carries readings of a statistic.</summary>
    public static string Of(Statistic statistic) => statistic switch
    {
        Statistic.Minute => Minute,
        Statistic.Hour => Hour,
        Statistic.Day => Day,
        _ => RealTime,
    };
}
