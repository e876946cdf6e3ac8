using Monitor.Domain.Readings;

namespace Monitor.Edge.Sensors;

/// <summary>
/// A kind of device that an agent's configuration can name. Each stands in a file of this folder and is found by itself: a
/// new family is a class that implements this, with a constructor without arguments.
/// </summary>
internal interface ISensorFamily
{
    /// <summary>What <c>"family"</c> says in the configuration.</summary>
    string Name { get; }

    /// <summary>
    /// Makes a source of the settings; nothing is opened before it is read. Settings that nobody asked for are refused
    /// by the caller.
    /// </summary>
    /// <exception cref="Domain.InputException">A setting is wrong.</exception>
    ISensorSource Open(SensorSettings said, SensorPlace place);
}

/// <summary>What a source may use of the agent it runs in.</summary>
/// <param name="Clock">The clock, also for all waiting.</param>
/// <param name="Report">Says something to people.</param>
/// <param name="ClockState">What is known of the clock now.</param>
internal sealed record SensorPlace(TimeProvider Clock, Action<string> Report, Func<ClockState> ClockState);
