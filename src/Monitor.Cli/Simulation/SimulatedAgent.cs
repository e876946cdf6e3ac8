using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;

namespace Monitor.Cli.Simulation;

/// <summary>
/// A made-up agent: nine parameters at each interval, batch after batch, and the faults that the plan asks for. What it
/// sends follows from the plan and its number alone.
/// </summary>
internal sealed class SimulatedAgent
{
    /// <summary>Readings at one moment.</summary>
    internal const int Parameters = 9;

    /// <summary>How its sections begin, so that nobody takes them for real ones.</summary>
    internal const string SectionPrefix = "SIM-";

    private const int ShuffledTogether = 64;
    private static readonly string[] Codes =
        ["w01001", "w01003", "w01009", "w01010", "w01014", "w01019", "w21001", "w21003", "w21011"];
    private static readonly string[] Units = ["1", "NTU", "mg/L", "℃", "μS/cm", "mg/L", "mg/L", "mg/L", "mg/L"];
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly SimulationPlan _plan;
    private readonly int _number;

    internal SimulatedAgent(SimulationPlan plan, int number)
    {
        (_plan, _number) = (plan, number);
        Id = string.Create(CultureInfo.InvariantCulture, $"sim-{number:D5}");
        Section = string.Create(CultureInfo.InvariantCulture, $"{SectionPrefix}{number % plan.Sections:D3}");
        Boot = string.Create(CultureInfo.InvariantCulture, $"seed{plan.Seed}");
        Topic = $"monitor/v1/{Section}/{Id}/data";
    }

    internal string Id { get; }

    internal string Section { get; }

    internal string Boot { get; }

    internal string Topic { get; }

    /// <summary>Messages from one sequence on, so many batches with their faults between; without a number, for ever.</summary>
    internal IEnumerable<SimulatedMessage> Messages(long from, long? count)
    {
        // Of the first sequence too: backlog and live are two streams of one agent.
        var chance = new Random(HashCode(_plan.Seed, _number, from));
        long end = from + (count ?? long.MaxValue / 2);
        List<SimulatedMessage> together = [];
        for (long sequence = from; sequence < end; sequence++)
        {
            byte[] payload = Encode(sequence);
            if (chance.NextDouble() < _plan.Malformed)
            {
                together.Add(new SimulatedMessage(Break(payload, chance), 0, SimulatedKind.Malformed));
            }
            together.Add(new SimulatedMessage(payload, _plan.Batch, SimulatedKind.Good));
            if (chance.NextDouble() < _plan.Duplicate)
            {
                together.Add(new SimulatedMessage(payload, _plan.Batch, SimulatedKind.Repeat));
            }
            if (_plan.Shuffle && together.Count < ShuffledTogether && sequence + 1 < end) continue;
            if (_plan.Shuffle) Shuffle(together, chance);
            foreach (SimulatedMessage message in together) yield return message;
            together.Clear();
        }
    }

    private static void Shuffle(List<SimulatedMessage> messages, Random chance)
    {
        for (int i = messages.Count - 1; i > 0; i--)
        {
            int other = chance.Next(i + 1);
            (messages[i], messages[other]) = (messages[other], messages[i]);
        }
    }

    // Each way of breaking leaves the sequence in the bytes, so that no two broken messages are the same.
    private static byte[] Break(byte[] payload, Random chance)
    {
        switch (chance.Next(4))
        {
            case 0: // cut off
                return payload[..chance.Next(payload.Length * 3 / 4, payload.Length)];
            case 1: // no text
                byte[] binary = [.. payload];
                binary[chance.Next(payload.Length * 3 / 4, payload.Length)] = 0xFF;
                return binary;
            case 2: // another version
                byte[] other = [.. payload];
                other[5] = (byte)'9';
                return other;
            default: // two objects
                return [.. payload, .. payload];
        }
    }

    private byte[] Encode(long sequence)
    {
        var readings = new Reading[_plan.Batch];
        for (int i = 0; i < readings.Length; i++)
        {
            long sample = ((sequence - 1) * _plan.Batch) + i;
            int parameter = (int)(sample % Parameters);
            long step = sample / Parameters;
            readings[i] = new Reading
            {
                Index = i,
                Measurand = Codes[parameter],
                Time = new Instant(Start.UnixMilliseconds + (step * (long)_plan.Interval.TotalMilliseconds)),
                Value = new ReportedValue(100 + (HashCode(_plan.Seed, _number, sample) % 900), 3),
                Statistic = Statistic.Instantaneous,
                Unit = Units[parameter],
            };
        }
        var batch = new ReadingBatch
        {
            Agent = Id,
            Section = Section,
            Boot = Boot,
            Sequence = sequence,
            Sent = readings[^1].Time,
            Readings = readings,
            Payload = default,
        };
        return EnvelopeCodec.Encode(batch);
    }

    // The library's own hash differs from run to run; this one is the same for ever.
    private static int HashCode(long seed, long number, long sample)
    {
        unchecked
        {
            ulong x = ((ulong)seed * 0x9E3779B97F4A7C15) ^ ((ulong)number * 0xC2B2AE3D27D4EB4F)
                ^ ((ulong)sample * 0x165667B19E3779F9);
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return (int)((x ^ (x >> 31)) & int.MaxValue);
        }
    }
}
