using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Monitor.Server.Intake;

/// <summary>What is known of a connection before CONNECT.</summary>
/// <param name="Address">Where it comes from; null where the transport does not say.</param>
/// <param name="Certificate">The client's certificate, checked by the TLS door; null for none.</param>
internal sealed record AgentCaller(IPAddress? Address, X509Certificate2? Certificate)
{
    /// <summary>Whether it comes from this machine.</summary>
    internal bool IsHere => Address is not null && IPAddress.IsLoopback(Address);
}
