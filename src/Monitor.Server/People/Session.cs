namespace Monitor.Server.People;

/// <summary>Somebody signed in at a page. It says who looks; what is signed asks for the password again.</summary>
/// <param name="Key">Fingerprint of the person's key.</param>
/// <param name="Salt">Names the password that was given: once it is changed, the session is none.</param>
/// <param name="Token">What a request that changes something must repeat in a header.</param>
/// <param name="Ends">The end, exclusive, however busy.</param>
/// <param name="IdleEnds">The end, exclusive, unless the person does something.</param>
internal sealed record Session(
    string Key, ReadOnlyMemory<byte> Salt, string Token, DateTimeOffset Ends, DateTimeOffset IdleEnds);
