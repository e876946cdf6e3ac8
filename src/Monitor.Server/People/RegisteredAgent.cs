using Monitor.Domain.Readings;

namespace Monitor.Server.People;

/// <summary>An agent as the register has it.</summary>
/// <param name="Id">Agent id: user name, MQTT client id and certificate's CN at once.</param>
/// <param name="Sections">Sections that it may write for, in the order given; at least one.</param>
/// <param name="PasswordHash">See <see cref="AgentPassword"/>.</param>
/// <param name="PublicKey">
/// ECDSA P-256 key that its batches must be signed with: SubjectPublicKeyInfo in base64; empty where it need not sign.
/// </param>
/// <param name="Position">Position of the registration in the record.</param>
/// <param name="RegisteredAt">When.</param>
/// <param name="RevokedPosition">Position of the revocation; null where it is good.</param>
/// <param name="RevokedWhy">Its reason; null where it is good.</param>
public sealed record RegisteredAgent(
    string Id, IReadOnlyList<string> Sections, string PasswordHash, string PublicKey, long Position, Instant RegisteredAt,
    long? RevokedPosition = null, string? RevokedWhy = null);
