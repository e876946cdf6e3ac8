using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Rules.Screening;

namespace Monitor.Programmes.Definitions;

/// <summary>Turns the YAML of screening limits into <see cref="ScreeningLimits"/>. Unknown keys are refused.</summary>
public static class ScreeningDefinition
{
    private static readonly Dictionary<string, SpikeMethod> SpikeMethods = new(StringComparer.Ordinal)
    {
        ["average"] = SpikeMethod.Average,
        ["differential"] = SpikeMethod.Differential,
    };

    private static readonly Dictionary<string, SignalCheck> SignalChecks = new(StringComparer.Ordinal)
    {
        ["std"] = SignalCheck.StandardDeviation,
        ["range"] = SignalCheck.Range,
    };

    private static readonly Dictionary<string, ClimatologyPeriod> Periods = new(StringComparer.Ordinal)
    {
        ["year"] = ClimatologyPeriod.Year,
        ["quarter"] = ClimatologyPeriod.Quarter,
        ["month"] = ClimatologyPeriod.Month,
        ["week"] = ClimatologyPeriod.Week,
        ["weekofyear"] = ClimatologyPeriod.Week,
        ["dayofyear"] = ClimatologyPeriod.DayOfYear,
        ["dayofweek"] = ClimatologyPeriod.DayOfWeek,
    };

    /// <summary>Reads the text of a limits file.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="InputException">A fault, with file, line, field and remedy.</exception>
    public static ScreeningLimits Parse(string text, string file)
    {
        ScreeningLimits limits = Read(YamlMap.Parse(text, file));
        return limits == new ScreeningLimits()
            ? throw new InputException("No test is named.", "Add at least one, as gross_range.", file, 1)
            : limits;
    }

    /// <summary>Reads limits that stand inside another definition.</summary>
    internal static ScreeningLimits Read(YamlMap map)
    {
        map.Only("gross_range", "climatology", "spike", "rate_of_change", "flat_line", "attenuated", "gap");
        return new ScreeningLimits
        {
            GrossRange = Read(map, "gross_range", GrossRange),
            Climatology = map.Has("climatology") ? Climatology(map) : null,
            Spike = Read(map, "spike", Spike),
            RateOfChange = Read(map, "rate_of_change", RateOfChange),
            FlatLine = Read(map, "flat_line", FlatLine),
            Attenuated = Read(map, "attenuated", Attenuated),
            Gap = Read(map, "gap", Gap),
        };
    }

    // The limits' own checks know what is wrong, the text knows where.
    private static T? Read<T>(YamlMap map, string key, Func<YamlMap, T> read) where T : class
    {
        if (!map.Has(key)) return null;
        YamlMap inner = map.Map(key);
        try
        {
            return read(inner);
        }
        catch (ArgumentException fault)
        {
            throw inner.Fault(fault.Message, "Correct the limits.");
        }
    }

    private static GrossRangeLimits GrossRange(YamlMap map)
    {
        map.Only("fail", "suspect");
        return new GrossRangeLimits(Range(map, "fail"), RangeOrNull(map, "suspect"));
    }

    private static SpikeLimits Spike(YamlMap map)
    {
        map.Only("suspect", "fail", "method");
        SpikeMethod method = map.Has("method") ? map.Word("method", SpikeMethods) : SpikeMethod.Average;
        return new SpikeLimits(map.NumberOrNull("suspect"), map.NumberOrNull("fail"), method);
    }

    private static RateOfChangeLimits RateOfChange(YamlMap map)
    {
        map.Only("suspect_per_s", "fail_per_s");
        return new RateOfChangeLimits(map.NumberOrNull("suspect_per_s"), map.NumberOrNull("fail_per_s"));
    }

    private static FlatLineLimits FlatLine(YamlMap map)
    {
        map.Only("suspect_s", "fail_s", "tolerance");
        return new FlatLineLimits(
            map.NumberOrNull("suspect_s"), map.NumberOrNull("fail_s"), map.NumberOrNull("tolerance") ?? 0);
    }

    private static AttenuatedSignalLimits Attenuated(YamlMap map)
    {
        map.Only("suspect", "fail", "check_type", "test_period_s", "min_obs", "min_period_s");
        SignalCheck check = map.Has("check_type")
            ? map.Word("check_type", SignalChecks)
            : SignalCheck.StandardDeviation;
        decimal? least = map.NumberOrNull("min_obs");
        if (least is decimal n && (n != decimal.Truncate(n) || n is < 0 or > int.MaxValue))
        {
            throw map.Fault("min_obs", $"{n} is not a count of values.", "Write a whole number from 0.");
        }
        return new AttenuatedSignalLimits(map.Number("suspect"), map.Number("fail"), check,
            map.NumberOrNull("test_period_s"), (int?)least, map.NumberOrNull("min_period_s"));
    }

    private static TimeGapLimits Gap(YamlMap map)
    {
        map.Only("suspect_s", "fail_s");
        return new TimeGapLimits(map.NumberOrNull("suspect_s"), map.NumberOrNull("fail_s"));
    }

    // A list of members, or {members: […], utc_offset: "+08:00"} where months and days do not count in UTC.
    private static ClimatologyLimits Climatology(YamlMap map)
    {
        if (map.IsList("climatology")) return new ClimatologyLimits([.. map.Maps("climatology").Select(Member)]);
        YamlMap inner = map.Map("climatology");
        inner.Only("members", "utc_offset");
        TimeSpan offset = TimeSpan.Zero;
        if (inner.Has("utc_offset") && !TryParseOffset(inner.Text("utc_offset"), out offset))
        {
            throw inner.Fault("utc_offset", $"\"{inner.Text("utc_offset")}\" is no offset.", "Write it as \"+08:00\".");
        }
        return new ClimatologyLimits([.. inner.Maps("members").Select(Member)], offset);
    }

    private static ClimatologyMember Member(YamlMap map)
    {
        map.Only("tspan", "vspan", "fspan", "zspan", "period");
        (ValueRange suspect, ValueRange? fail) = (Range(map, "vspan"), RangeOrNull(map, "fspan"));
        ValueRange? depths = RangeOrNull(map, "zspan");
        if (map.Has("period"))
        {
            ClimatologyPeriod period = map.Word("period", Periods);
            return new ClimatologyMember(period, Range(map, "tspan"), null, suspect, fail, depths);
        }
        string[] ends = map.Texts("tspan");
        if (ends.Length != 2) throw map.Fault("tspan", "Two ends are needed.", "Write [2025-01-01, 2025-03-31].");
        (Instant first, Instant last) = (Moment(map, ends[0]), Moment(map, ends[1]));
        if (last < first) throw map.Fault("tspan", "The span ends before it begins.", "Swap its ends.");
        return new ClimatologyMember(null, null, (first, last), suspect, fail, depths);
    }

    private static Instant Moment(YamlMap map, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Instant.From(moment)
            : throw map.Fault("tspan", $"\"{text}\" is no date.", "Write it as 2025-01-01, or add a period.");

    private static bool TryParseOffset(string text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length != 6 || text[0] is not ('+' or '-')) return false;
        bool fits = TimeSpan.TryParseExact(text[1..], "hh\\:mm", CultureInfo.InvariantCulture, out TimeSpan size);
        if (!fits) return false;
        offset = text[0] == '-' ? -size : size;
        return size <= TimeSpan.FromHours(14);
    }

    private static ValueRange Range(YamlMap map, string key)
    {
        decimal[] ends = map.Numbers(key);
        return ends.Length == 2 && ends[0] <= ends[1]
            ? new ValueRange(ends[0], ends[1])
            : throw map.Fault(key, "A range needs two ends, the lower first.", "Write [low, high].");
    }

    private static ValueRange? RangeOrNull(YamlMap map, string key) => map.Has(key) ? Range(map, key) : null;
}
