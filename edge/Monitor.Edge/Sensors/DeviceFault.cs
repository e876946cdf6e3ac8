using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Edge.Sensors;

/// <summary>
/// How a device is doing, as readings: a device that is gone, silent or talks nonsense is a fact of the record like what it
/// measures, and stops nothing. One reading is made when it changes, and none so long as all is well.
/// </summary>
internal sealed class DeviceFault(string instrument, TimeProvider clock)
{
    /// <summary>All is well.</summary>
    internal const int None = 0;

    /// <summary>It cannot be connected to.</summary>
    internal const int Unreachable = 1;

    /// <summary>It does not answer, or says nothing, for longer than was set.</summary>
    internal const int Silent = 2;

    /// <summary>What it answers is no answer.</summary>
    internal const int Malformed = 3;

    /// <summary>A value it gives is no number, or none that fits.</summary>
    internal const int NoNumber = 4;

    /// <summary>Modbus exceptions, from here on: 102 is exception 2, an address that it does not have.</summary>
    internal const int Exceptions = 100;

    // HJ 212-2017 table 8: a communication fault between instrument and logger.
    private const string Mark = "B";

    private readonly Lock gate = new();
    private int now;

    /// <summary>How it is doing.</summary>
    internal int Now
    {
        get { lock (gate) return now; }
    }

    /// <summary>It is doing so now.</summary>
    /// <returns>The reading that says so; null where it is no news.</returns>
    internal Reading? Became(int fault)
    {
        lock (gate)
        {
            if (now == fault) return null;
            now = fault;
        }
        return new Reading
        {
            Index = 0,
            Measurand = Measurands.DeviceFault,
            Time = Instant.From(clock.GetUtcNow()),
            Value = new ReportedValue(fault, 0),
            Statistic = Statistic.Instantaneous,
            Unit = "1",
            Status = fault == None ? DeviceStatus.Normal : Mark,
            Instrument = instrument,
        };
    }

    /// <summary>What a fault is, for people.</summary>
    internal static string Words(int fault) => fault switch
    {
        None => "answers again",
        Unreachable => "cannot be reached",
        Silent => "is silent",
        Malformed => "answers what is no answer",
        NoNumber => "gives a value that is no number, or none that fits",
        _ => string.Create(CultureInfo.InvariantCulture, $"answers with exception {fault - Exceptions}"),
    };
}
