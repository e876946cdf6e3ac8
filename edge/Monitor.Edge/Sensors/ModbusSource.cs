using Monitor.Domain.Readings;

namespace Monitor.Edge.Sensors;

/// <summary>What is set for one Modbus device.</summary>
internal sealed record ModbusOptions
{
    /// <summary>Names the source in its outbox.</summary>
    internal required string Name { get; init; }

    /// <summary>The device, or the gateway before it.</summary>
    internal required (string Host, int Port) Address { get; init; }

    /// <summary>The unit behind a gateway.</summary>
    internal byte Unit { get; init; } = 1;

    /// <summary>How often it is asked.</summary>
    internal TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long it may take to answer one request.</summary>
    internal TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a fault must last until a reading says so; zero for at once.</summary>
    internal TimeSpan FaultAfter { get; init; }

    /// <summary>The instrument that its readings name; empty for none.</summary>
    internal string Instrument { get; init; } = "";

    /// <summary>What its values stand for in time.</summary>
    internal Statistic Statistic { get; init; }

    /// <summary>
    /// Where it says when it measured, in seconds since 1970, UTC: a measurement is then taken once however often it is asked
    /// for. Null for the time of asking.
    /// </summary>
    internal ModbusNumber? Time { get; init; }

    /// <summary>Its values.</summary>
    internal required IReadOnlyList<ModbusRegister> Registers { get; init; }

    /// <summary>The source ends when a measurement of this time, or a later one, was taken; null for never.</summary>
    internal Instant? Until { get; init; }
}

/// <summary>
/// A device that answers over Modbus TCP, asked at an interval. What it does wrong becomes a reading of its own and stops
/// nothing: the values that are there are taken.
/// </summary>
internal sealed class ModbusSource(ModbusOptions options, SensorPlace place)
    : DeviceSource("modbus:" + options.Name, options.Until)
{
    private readonly ModbusPlan plan = new(Numbers(options));
    private readonly DeviceFault state = new(options.Instrument, place.Clock);

    private long polls, faulty;

    /// <inheritdoc/>
    protected override async Task ServeAsync(SensedQueue queue, DeviceMark from, CancellationToken stop)
    {
        using var client = new ModbusClient(
            options.Address.Host, options.Address.Port, options.Unit, options.AnswerWithin, place.Clock);
        using var timer = new PeriodicTimer(options.Interval, place.Clock);
        DeviceMark mark = from;
        Instant? since = null;
        using CancellationTokenRegistration told = stop.Register(() => place.Report(
            FormattableString.Invariant($"modbus {options.Name}: {polls} polls, {faulty} of them with a fault")));
        do
        {
            var at = Instant.From(place.Clock.GetUtcNow());
            (int fault, Dictionary<ModbusRange, ushort[]> read) = await PollAsync(client, stop);
            List<Reading> readings = [];
            Instant? time = options.Time is null ? at : Time(read);
            if (time is Instant measured && (options.Time is null || mark.Time is not Instant last || measured > last))
            {
                bool areNumbers = AddReadings(readings, measured, read);
                if (fault == DeviceFault.None && !areNumbers) fault = DeviceFault.NoNumber;
                if (readings.Count > 0) mark = mark.Past(measured);
            }
            polls++;
            if (fault != DeviceFault.None) faulty++;
            since = fault == DeviceFault.None ? null : since ?? at;
            bool lasts = since is not Instant began
                || at.UnixMilliseconds - began.UnixMilliseconds >= options.FaultAfter.TotalMilliseconds;
            // A measurement asked for a second time says nothing of values that were no numbers.
            bool isNews = fault != DeviceFault.None || state.Now != DeviceFault.NoNumber || readings.Count > 0;
            if (isNews && lasts && state.Became(fault) is Reading change)
            {
                place.Report($"modbus {options.Name}: it {DeviceFault.Words(fault)}.");
                readings.Add(change);
            }
            if (readings.Count > 0) await queue.AddAsync(new Sensed(readings, mark.ToProgress()), stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    // Every request of a poll is made, also where one fails: what can be read is read. A device that is gone is asked once.
    private async Task<(int Fault, Dictionary<ModbusRange, ushort[]> Read)> PollAsync(
        ModbusClient client, CancellationToken stop)
    {
        int worst = DeviceFault.None;
        Dictionary<ModbusRange, ushort[]> read = [];
        foreach (ModbusRange range in plan.Ranges)
        {
            (int fault, ushort[] words) = await client.ReadAsync(range, stop);
            if (fault == DeviceFault.None) read.Add(range, words);
            else if (worst == DeviceFault.None) worst = fault;
            if (fault is DeviceFault.Unreachable or DeviceFault.Silent) break;
        }
        return (worst, read);
    }

    // Whether every value that was read is a number.
    private bool AddReadings(List<Reading> readings, Instant time, Dictionary<ModbusRange, ushort[]> read)
    {
        bool areNumbers = true;
        foreach (ModbusRegister register in options.Registers)
        {
            ReadOnlySpan<ushort> words = ModbusPlan.Of(register.Number, read);
            ReadOnlySpan<ushort> bits = register.Status is null ? [] : ModbusPlan.Of(register.Status.Number, read);
            // Without its status a value could not be told from a normal one.
            if (words.IsEmpty || (register.Status is not null && bits.IsEmpty)) continue;
            (string mark, Qualifier qualifier) = register.Status?.Of(bits) ?? (DeviceStatus.Normal, Qualifier.None);
            if (register.Value(words, qualifier) is not ReportedValue value)
            {
                areNumbers = false;
                continue;
            }
            readings.Add(new Reading
            {
                Index = 0,
                Measurand = register.Measurand,
                Time = time,
                Value = value,
                Statistic = options.Statistic,
                Unit = register.Unit,
                Status = mark,
                Instrument = options.Instrument,
            });
        }
        return areNumbers;
    }

    private Instant? Time(Dictionary<ModbusRange, ushort[]> read)
    {
        ReadOnlySpan<ushort> words = ModbusPlan.Of(options.Time!, read);
        return words.IsEmpty ? null : new Instant((long)options.Time!.Decode(words)!.Value * 1000);
    }

    private static IEnumerable<ModbusNumber> Numbers(ModbusOptions options) =>
    [
        .. options.Registers.Select(register => register.Number),
        .. options.Registers.Where(register => register.Status is not null).Select(register => register.Status!.Number),
        .. options.Time is null ? Array.Empty<ModbusNumber>() : [options.Time],
    ];
}
