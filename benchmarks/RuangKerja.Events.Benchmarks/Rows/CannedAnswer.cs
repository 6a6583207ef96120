using System.Net;
using System.Text;

namespace RuangKerja.Events.Benchmarks.Rows;

/// <summary>A network that is not there: every list is this one.</summary>
internal sealed class CannedAnswer(byte[] list) : HttpMessageHandler
{
    private static readonly byte[] Token = Encoding.UTF8.GetBytes(
        """{"status":"success","message":"Success","data":{"accessToken":"t","expiresIn":"43199","tokenType":"bearer"}}"""
    );

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(request.Method == HttpMethod.Post ? Token : list),
            }
        );
}
