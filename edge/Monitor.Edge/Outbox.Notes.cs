using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;

namespace Monitor.Edge;

/// <content>What the outbox knows beside its batches: the clock, alarms, losses, and what the server takes.</content>
internal sealed partial class Outbox
{
    /// <summary>How much of its bound the file fills, from 0 to 1.</summary>
    internal double Fill => Guarded(() => (double)OutboxRoom.Used(db) / options.BytesMax);

    /// <summary>All that had to be dropped.</summary>
    internal IReadOnlyList<LostRange> Lost => Guarded(() => OutboxRoom.Lost(db));

    /// <summary>What a person should know, by code.</summary>
    internal IReadOnlyList<Alarm> Alarms => Guarded(() => OutboxNotes.Alarms(db));

    /// <summary>What is known of the clock now. Called often, so that no jump goes unseen between two batches.</summary>
    internal ClockState LookAtClock()
    {
        (ClockState state, ClockEpoch epoch, bool isNew) = Guarded(() =>
        {
            (Instant now, ClockState seen) = watch.Look();
            bool changed = watchedEpoch != watch.Epoch.Number;
            watchedEpoch = watch.Epoch.Number;
            KeepEpoch(now);
            kept = watch.Epoch;
            return (seen, watch.Epoch, changed);
        });
        bool doubtful = epoch.Off.Duration() > ClockWatch.StepMax || state.Source == ClockState.Unset;
        if (isNew || !doubtful) Clear(Alarm.Clock);
        if (isNew && doubtful) Raise(Alarm.Clock, $"The clock jumped by {epoch.Step?.TotalSeconds ?? 0:0} s, or is not "
            + "set. Batches say so; see that a time service sets it.");
        return state;
    }

    /// <summary>Raises an alarm, or keeps the one of its code that is raised.</summary>
    internal void Raise(string code, string text)
    {
        var alarm = new Alarm(code, Instant.From(clock.GetUtcNow()), text);
        bool isNew = Guarded(() =>
        {
            if (!raised.Add(code)) return false;
            OutboxNotes.Raise(db, alarm);
            return true;
        });
        if (isNew) Alarmed?.Invoke(alarm);
    }

    /// <summary>Ends an alarm.</summary>
    internal void Clear(string code) => Guarded(() =>
    {
        if (raised.Remove(code)) OutboxNotes.Clear(db, code);
        return 0;
    });

    /// <summary>Whether the server was found to take the agent's state.</summary>
    internal bool ServerTakesState
    {
        get => Guarded(() => OutboxNotes.TakesState(db));
        set => Guarded(() =>
        {
            OutboxNotes.KeepTakesState(db, value);
            return 0;
        });
    }

    // Within the caller's transaction; the caller remembers it once that is committed.
    private void KeepEpoch(Instant now)
    {
        if (kept != watch.Epoch) OutboxNotes.Keep(db, watch.Epoch, now);
    }
}
