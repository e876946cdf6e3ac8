using System.Text;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Documents;

/// <summary>What every printed document has around its sheets.</summary>
internal static class DocumentPage
{
    /// <summary>The document's UTF-8 bytes.</summary>
    /// <param name="title">For the reader's window; escaped here.</param>
    /// <param name="sheets">Each sheet's content, in HTML already.</param>
    internal static byte[] Render(string title, params IReadOnlyList<string> sheets) => Render(title, "", sheets);

    /// <summary>The same for a document of several pages: tables run on with their head, pages are numbered.</summary>
    /// <param name="title">For the reader's window; escaped here.</param>
    /// <param name="body">The content, in HTML already.</param>
    internal static byte[] RenderLong(string title, string body) => Render(title, LongStyle.Css, [body]);

    private static byte[] Render(string title, string style, IReadOnlyList<string> sheets) => Encoding.UTF8.GetBytes(Html.Of($$"""
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>{{title}}</title>
        <style>
        {{new Markup(NoticeStyle.Css + style)}}
        </style>
        </head>
        <body>
        {{new Markup(string.Join('\n', sheets.Select(s => $"<section class=\"page\">\n{s}\n</section>")))}}
        </body>
        </html>

        """));

    /// <summary>Says that the data are made up, where they are; nothing otherwise.</summary>
    internal static Markup Caution(Bilingual? caution) => new(caution is null
        ? ""
        : Html.Of($"<p class=\"caution\">{caution.Chinese}<br>{caution.English}</p>"));
}
