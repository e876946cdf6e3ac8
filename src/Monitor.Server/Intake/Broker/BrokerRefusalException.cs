namespace Monitor.Server.Intake.Broker;

/// <summary>The broker lets the intake not in, or not read: a person must change something there.</summary>
internal sealed class BrokerRefusalException(string message) : Exception(message);
