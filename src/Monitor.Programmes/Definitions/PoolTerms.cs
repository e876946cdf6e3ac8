namespace Monitor.Programmes.Definitions;

/// <summary>A party's share, as the 5 of 1:5:4.</summary>
/// <param name="Party">The party.</param>
/// <param name="Share">Its share; above 0.</param>
public sealed record PartyShare(Bilingual Party, decimal Share);

/// <summary>A fund that several parties pay into and are paid from, whatever the water was like.</summary>
/// <param name="Yuan">The fund of a year.</param>
/// <param name="Contributions">Who pays in, in which proportion.</param>
/// <param name="Distribution">Who gets what, in which proportion, before deductions.</param>
public sealed record PoolTerms(
    decimal Yuan, IReadOnlyList<PartyShare> Contributions, IReadOnlyList<PartyShare> Distribution);
