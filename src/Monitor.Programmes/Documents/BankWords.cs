namespace Monitor.Programmes.Documents;

/// <summary>The words of a bank's papers for what entries hold as codes; the same as the pages use.</summary>
internal static class BankWords
{
    /// <summary>What led to a suspension, Chinese first; the code itself where it is not a known one.</summary>
    internal static string Trigger(string code) => code switch
    {
        "missed-standard" => "未达标准 standard missed",
        "late-report" => "报告逾期 report late",
        "works-not-built" => "工程未建成 works not built",
        "missing-protection" => "缺少保护手续 protection missing",
        "lapsed-assurance" => "担保失效 assurance lapsed",
        "unreconciled" => "账目不符 books do not agree",
        "unresponsive" => "建设方失联 sponsor unresponsive",
        _ => code,
    };

    /// <summary>The unit of an area from which credits of a unit are reckoned; null where the credits' unit names none.</summary>
    internal static string? AreaUnit(string creditUnit) => creditUnit.Split('-')[0] switch
    {
        "ha" => "公顷 ha",
        "acre" => "英亩 acres",
        _ => null,
    };
}
