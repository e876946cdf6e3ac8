using System.Text;

namespace Monitor.Programmes.Documents;

/// <summary>
/// Amounts in Chinese capital figures (人民币大写), by the rules that banks use for bills: 零 stands once for any run of
/// zeros inside, 整 closes an amount without 分.
/// </summary>
public static class ChineseAmount
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private static readonly (long Unit, string Name)[] Places = [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")];
    private static readonly (long Unit, string Name)[] Groups =
        [(1_000_000_000_000, "万"), (100_000_000, "亿"), (10_000, "万"), (1, "")];

    /// <summary>The amount in capitals, beginning with 人民币.</summary>
    /// <param name="yuan">0 to below 10¹⁶, with at most two decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range, or with a fraction of a 分.</exception>
    public static string Write(decimal yuan)
    {
        if (yuan is < 0 or >= 10_000_000_000_000_000m || decimal.Round(yuan, 2) != yuan)
        {
            throw new ArgumentOutOfRangeException(nameof(yuan), yuan, "0 to 10^16 yuan in whole fen.");
        }
        long all = (long)(yuan * 100);
        (long whole, int jiao, int fen) = (all / 100, (int)(all / 10 % 10), (int)(all % 10));
        var text = new StringBuilder("人民币");
        if (whole > 0) text.Append(Whole(whole)).Append('元');
        if (all == 0) text.Append("零元");
        if (jiao > 0) text.Append(Digits[jiao]).Append('角');
        else if (fen > 0 && whole > 0) text.Append('零');
        if (fen > 0) text.Append(Digits[fen]).Append('分');
        else text.Append('整');
        return text.ToString();
    }

    private static string Whole(long number)
    {
        var text = new StringBuilder();
        bool zero = false; // a zero is due before the next digit
        foreach ((long groupUnit, string groupName) in Groups)
        {
            long four = number / groupUnit % 10_000;
            foreach ((long unit, string name) in Places)
            {
                int digit = (int)(four / unit % 10);
                if (digit == 0)
                {
                    zero = text.Length > 0;
                    continue;
                }
                if (zero) text.Append('零');
                zero = false;
                text.Append(Digits[digit]).Append(name);
            }
            // 亿 closes the upper eight digits also where its own four are zero, as in 壹万亿.
            bool closes = four > 0 || (groupName == "亿" && number / groupUnit > 0);
            if (closes) text.Append(groupName);
        }
        return text.ToString();
    }
}
