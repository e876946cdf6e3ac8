using System.Diagnostics.CodeAnalysis;

namespace Monitor.Domain.People;

/// <summary>What a registered person may do.</summary>
public enum PersonRole
{
    /// <summary>Checks what is proposed; one of the two who decide.</summary>
    Reviewer,

    /// <summary>Decides; at least one of the two is an approver.</summary>
    Approver,

    /// <summary>Files documents for a bank; never decides.</summary>
    Sponsor,

    /// <summary>Runs the stations and the service; never decides.</summary>
    Operator,
}

/// <summary>The words of <see cref="PersonRole"/>.</summary>
public static class PersonRoles
{
    private static readonly string[] Words = ["reviewer", "approver", "sponsor", "operator"];

    /// <summary>All words, in the order of the roles.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary><c>reviewer</c>, <c>approver</c>, <c>sponsor</c> or <c>operator</c>.</summary>
    public static string Name(this PersonRole role) => Words[(int)role];

    /// <summary>The role on Chinese documents.</summary>
    public static string Chinese(this PersonRole role) => role switch
    {
        PersonRole.Reviewer => "复核人",
        PersonRole.Approver => "批准人",
        PersonRole.Sponsor => "建设方",
        _ => "运维人",
    };

    /// <summary>Reads a word; exact, lower case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? word, out PersonRole role)
    {
        int at = word is null ? -1 : Array.IndexOf(Words, word);
        role = at < 0 ? default : (PersonRole)at;
        return at >= 0;
    }
}
