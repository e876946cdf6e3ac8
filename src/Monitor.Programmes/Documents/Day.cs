using System.Globalization;

namespace Monitor.Programmes.Documents;

/// <summary>A civil day as Chinese documents write it.</summary>
internal static class Day
{
    /// <summary><c>2025年7月15日</c>.</summary>
    internal static string Words(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");
}
