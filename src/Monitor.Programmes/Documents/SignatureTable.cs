namespace Monitor.Programmes.Documents;

/// <summary>Who approved a document: name, role, day, and where the signature lies.</summary>
internal static class SignatureTable
{
    // As the pages show hashes: enough to recognise, and the ledger holds all 64.
    private const int KeyShown = 16;

    /// <summary>The table; nothing where nobody signed yet.</summary>
    internal static string Render(IReadOnlyList<DocumentSigner> signers) => signers.Count == 0 ? "" : Html.Of($$"""
        <h3>签署 <span class="en">Signed by</span></h3>
        <table>
        <tr><th>签署人</th><th>身份</th><th>日期</th><th>公钥指纹</th></tr>
        {{Html.Join(signers.Select(Row))}}
        </table>
        <p class="note">签署人由登记的公钥确认，签名覆盖所签记录的编号和摘要；拟制人不得签署，两名签署人不得为同一人。</p>
        """);

    private static string Row(DocumentSigner s) => Html.Of($$"""
        <tr><td>{{s.Person}}</td><td>{{s.Role}}</td><td class="n">{{Day.Words(s.Date)}}</td>
        <td class="mono">{{s.Key[..KeyShown]}}…</td></tr>
        <tr><td class="mono" colspan="4">签署记录 #{{s.Entry}} {{s.Hash}}</td></tr>

        """);
}
