using System.Globalization;
using System.Net;
using System.Text;

namespace Monitor.Programmes.Documents;

/// <summary>Writes HTML by interpolation, every hole escaped; what is HTML already comes as <see cref="Markup"/>.</summary>
internal static class Html
{
    internal static string Of(FormattableString template)
    {
        var text = new StringBuilder();
        object?[] arguments = template.GetArguments();
        for (int i = 0; i < arguments.Length; i++)
        {
            object? argument = arguments[i];
            arguments[i] = argument is Markup markup
                ? markup.Text
                : WebUtility.HtmlEncode(Convert.ToString(argument, CultureInfo.InvariantCulture));
        }
        return text.AppendFormat(CultureInfo.InvariantCulture, template.Format, arguments).ToString();
    }

    /// <summary>Joins pieces that are HTML already.</summary>
    internal static Markup Join(IEnumerable<string> pieces) => new(string.Concat(pieces));
}

/// <summary>HTML that is not escaped again.</summary>
internal readonly record struct Markup(string Text);
