namespace Monitor.Programmes.Documents;

/// <summary>The look of a notice: A4, letter format after GB/T 9704, fonts of the reader's machine, nothing fetched.</summary>
internal static class NoticeStyle
{
    internal const string Css = """
        @page { size: A4; margin: 0; }
        * { box-sizing: border-box; }
        html { background: #d9dfde; }
        body { margin: 0; color: #000; font: 16px/1.75 FangSong, "FangSong_GB2312", STFangsong, "Noto Serif CJK SC", "Songti SC", serif; }
        .page { position: relative; width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 30mm 26mm 24mm 28mm; background: #fff; page-break-after: always; }
        .page:last-child { page-break-after: auto; }
        @media print { html { background: #fff; } .page { margin: 0; } }
        .stamp { position: absolute; top: 14mm; right: 20mm; border: 1px solid #000; padding: 0 10px; font: 13px/1.8 "Noto Sans CJK SC", SimHei, sans-serif; }
        .head { color: #c8000a; font: 700 40px/1.2 "Noto Serif CJK SC", "FZXiaoBiaoSong-B05S", SimSun, serif; letter-spacing: 4px; text-align: center; margin: 0 0 4mm; }
        .rule { border: 0; border-top: 3px solid #c8000a; border-bottom: 1px solid #c8000a; height: 6px; margin: 0 -12mm; }
        .rule.foot { position: absolute; left: 28mm; right: 26mm; bottom: 16mm; border-top-width: 1px; border-bottom-width: 3px; }
        .number { text-align: right; margin: 2mm 0 5mm; }
        h1 { font: 700 25px/1.4 "Noto Serif CJK SC", SimSun, serif; letter-spacing: 2px; text-align: center; margin: 0; }
        .sub { text-align: center; margin: 0 0 4mm; }
        p { margin: 0; text-indent: 2em; text-align: justify; }
        p.to, p.plain { text-indent: 0; }
        b.t { font: 700 16px "Noto Sans CJK SC", SimHei, sans-serif; }
        .en { color: #444; font: 11.5px/1.45 "Noto Sans", "Liberation Sans", Arial, sans-serif; text-indent: 0; margin: 0 0 1.5mm; text-align: left; }
        table { width: 100%; border-collapse: collapse; margin: 1mm 0 2mm; font-size: 13.5px; line-height: 1.45; page-break-inside: avoid; }
        th, td { border: 1px solid #000; padding: 2px 6px; vertical-align: middle; }
        th { font-weight: 400; text-align: center; }
        td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        td.on { font-weight: 700; outline: 2px solid #000; outline-offset: -3px; }
        td small { color: #444; font-size: 10px; }
        .pay td { padding: 3px 12px; font-size: 16px; }
        .pay td:first-child { width: 38mm; }
        h2 { font: 700 19px/1.4 "Noto Serif CJK SC", SimSun, serif; text-align: center; margin: 0 0 3mm; }
        h3 { font: 700 14px/1.5 "Noto Sans CJK SC", SimHei, sans-serif; margin: 2.5mm 0 0; }
        .note { font-size: 12px; line-height: 1.5; text-indent: 0; }
        .sign { margin: 9mm 8mm 11mm auto; width: 72mm; text-align: center; position: relative; }
        .seal { position: absolute; left: 50%; top: -8mm; width: 30mm; height: 30mm; margin-left: -15mm; border: 1px dashed #777; border-radius: 50%; color: #777; font-size: 11px; padding-top: 3mm; }
        .proof { text-align: left; clear: both; font-size: 11px; line-height: 1.55; text-indent: 0; overflow-wrap: anywhere; }
        .mono { font-family: "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: 10.5px; }
        ol { margin: 0; padding-left: 2em; font-size: 12px; line-height: 1.5; }
        .caution { border: 1.5px solid #000; padding: 3px 10px; margin: 0 0 4mm; text-indent: 0; font: 700 13px/1.5 "Noto Sans CJK SC", SimHei, sans-serif; }
        """;
}
