namespace Monitor.Programmes.Documents;

/// <summary>
/// What a document of several pages adds to <see cref="NoticeStyle"/>: margins by the page, tables that run on with their head,
/// page numbers. Apart from it, since the bytes of notices hold the whole of that style.
/// </summary>
internal static class LongStyle
{
    internal const string Css = """

        @page { size: A4; margin: 20mm 20mm 20mm 22mm; @bottom-center { content: counter(page) " / " counter(pages); } }
        .page { min-height: 0; }
        @media print { .page { width: auto; padding: 0; } .rule { margin: 0; } }
        .head { font-size: 32px; }
        .caution { margin-top: 3mm; }
        h3 { margin-top: 4mm; page-break-after: avoid; }
        table { page-break-inside: auto; table-layout: fixed; overflow-wrap: anywhere; }
        thead { display: table-header-group; }
        tr { page-break-inside: avoid; }
        td { vertical-align: top; }
        .form th { width: 34mm; text-align: left; }
        .form th .en { display: block; margin: 0; }
        ul.lines { list-style: none; margin: 0; padding: 0; font-size: 11.5px; line-height: 1.4; }
        ul.lines b { font-weight: 400; color: #444; }
        .write { border: 1px solid #000; height: 46mm; margin: 1mm 0 2mm; page-break-inside: avoid; }
        .wide th { width: 62mm; }
        table.small { font-size: 11.5px; }
        .met { font-weight: 700; }
        .day { white-space: nowrap; }
        .two { display: flex; gap: 12mm; margin-top: 10mm; page-break-inside: avoid; }
        .two div { flex: 1; border-top: 1px solid #000; padding-top: 1mm; font-size: 12px; }
        """;
}
