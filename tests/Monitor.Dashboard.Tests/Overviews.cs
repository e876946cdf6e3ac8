namespace Monitor.Dashboard.Tests;

/// <summary>Answers of GET /api/v1/overview. Places, figures and amounts are invented.</summary>
internal static class Overviews
{
    private const string Head = "3f0a1c5e7b9d2468ace013579bdf02468ace13579bdf024681357ace02468bdf";

    public static IResult Empty => Results.Json(new
    {
        dataUntil = (string?)null,
        sections = Array.Empty<object>(),
        sites = Array.Empty<object>(),
        ledger = new { entries = 0, head = (string?)null, verified = true, checkedAt = "2026-01-02T00:00:00Z" },
        waiting = Array.Empty<object>(),
    });

    public static IResult Year => Results.Json(new
    {
        dataUntil = "2025-12-31T16:00:00Z",
        sections = new[]
        {
            Section("A-1", "甲溪", "Jia Creek", "II", "II", "0.842", "downstream-pays", "1200000", "issued"),
            Section("B-2", "乙溪", "Yi Creek", "III", "III", "1.024", "undefined-in-source", null, "draft"),
            Section("C-3", "丙溪", "Bing Creek", "IV", "III", "1.163", "upstream-pays", "12345678901234567.05", "draft"),
            Section("D-4", "丁溪", "Ding Creek", null, "II", null, "suspended", null, "draft"),
        },
        sites = new[]
        {
            new
            {
                bank = "marsh",
                name = new { zh = "示例湿地", en = "Sample Marsh" },
                milestone = "3",
                outcome = "inconclusive",
                cover = new { low = 0.61, central = 0.68, high = 0.74 },
                credits = "41.6",
                awarded = "60.0000",
                milestones = Array.Empty<object>(),
            },
        },
        ledger = new { entries = 1234, head = Head, verified = true, checkedAt = "2026-01-02T00:00:00Z" },
        waiting = new[]
        {
            new
            {
                entry = 1234, kind = "proposal", approvals = 1, proposes = "release", name = new { zh = "九龙湿地", en = "Jiulong" },
            },
        },
    });

    private static object Section(string id, string zh, string en, string? now, string target, string? index,
        string direction, string? amount, string status) => new
        {
            section = id,
            name = new { zh, en },
            river = new { zh = "示例河", en = "Sample River" },
            lastReading = "2025-12-31T16:00:00Z",
            noticeEntry = 7,
            period = "2025",
            @class = now,
            targetClass = target,
            index,
            direction,
            amount,
            status,
            bands = new[]
            {
                new { direction = "downstream-pays", from = (string?)null, to = (string?)"0.95" },
                new { direction = "none", from = (string?)"0.95", to = (string?)"1.00" },
                new { direction = "undefined-in-source", from = (string?)"1.00", to = (string?)"1.05" },
                new { direction = "upstream-pays", from = (string?)"1.05", to = (string?)null },
            },
        };
}
