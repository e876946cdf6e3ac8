namespace Monitor.Programmes.Documents;

/// <summary>How the terms of a notice came into force.</summary>
/// <param name="Adopted">
/// Entry by which two persons adopted the very text; null where nobody did, as for the definitions that come with the program.
/// </param>
/// <param name="Hash">That entry's hash; null where there is none.</param>
public sealed record NoticeTerms(long? Adopted, string? Hash);
