using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Tests.Rules.Screening;

/// <summary>Short series and their flags, written as text: <c>1 2.5 _</c> (missing) and <c>1 3 9</c>.</summary>
internal static class Series
{
    public static decimal?[] Values(string text) =>
        [.. Words(text).Select(w => w == "_" ? (decimal?)null : decimal.Parse(w, CultureInfo.InvariantCulture))];

    public static Instant[] Times(int count, int stepSeconds) =>
        [.. Enumerable.Range(0, count).Select(i => new Instant(1_577_836_800_000 + (i * 1000L * stepSeconds)))];

    public static string Text(IEnumerable<QcFlag> flags) => string.Join(' ', flags.Select(f => (int)f));

    public static QcFlag[] Flags(string text) =>
        [.. Words(text).Select(w => (QcFlag)int.Parse(w, CultureInfo.InvariantCulture))];

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
