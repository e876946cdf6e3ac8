using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Server.Intake;

/// <summary>The way of the service's own sensors into the record: through the same writer as any agent's.</summary>
internal sealed class OwnSensor(IntakeCommitter committer)
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);

    /// <summary>Appends; durable when it returns.</summary>
    /// <exception cref="StoreUnavailableException">The store did not take it in time: try again later.</exception>
    internal async Task<AppendOutcome> AppendAsync(Arrival arrival)
    {
        int bytes = arrival switch
        {
            BatchArrival batch => batch.Batch.Payload.Length,
            DeadLetterArrival letter => letter.Payload.Length,
            _ => 0,
        };
        return await committer.CommitAsync(arrival, bytes, WaitMax)
            ?? throw new StoreUnavailableException("The record did not take the batch in time. Try again later.");
    }
}
