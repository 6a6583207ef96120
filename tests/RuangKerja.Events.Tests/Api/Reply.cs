using System.Text;

namespace RuangKerja.Events.Tests.Api;

/// <summary>The bytes of one HTTP answer.</summary>
public sealed record Reply(byte[] Bytes, bool Close = false)
{
    public static Reply Json(string body, int status = 200, params string[] headers) =>
        Of(Encoding.UTF8.GetBytes(body), status, "application/json", headers);

    public static Reply Html(string body, int status = 200, params string[] headers) =>
        Of(Encoding.UTF8.GetBytes(body), status, "text/html", headers);

    public static Reply Of(byte[] body, int status, string mediaType, params string[] headers)
    {
        var head =
            $"HTTP/1.1 {status} Whatever\r\nContent-Type: {mediaType}\r\nContent-Length: {body.Length}\r\n"
            + string.Concat(headers.Select(header => header + "\r\n"))
            + "\r\n";
        return new([.. Encoding.ASCII.GetBytes(head), .. body]);
    }

    /// <summary>The connection ends before the announced length is reached.</summary>
    public Reply CutBy(int bytes) => new(Bytes[..^bytes], Close: true);

    /// <summary>A body whose length nobody announces: it ends with the connection.</summary>
    public static Reply Unannounced(string body) =>
        new(Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body), Close: true);

    public static Reply Token(string token, string expiresIn = "\"43199\"") =>
        Json($$$"""{"status":"success","data":{"accessToken":"{{{token}}}","expiresIn":{{{expiresIn}}}}}""");

    /// <summary>A page in the documented shape.</summary>
    public static Reply Page(params string[] items) =>
        Json(
            $$$"""{"status":"success","data":{"currentPage":1,"totalItems":{{{items.Length}}},"totalPage":1,"items":[{{{string.Join(',', items)}}}]}}"""
        );

    public static Reply Feed(params string[] items) =>
        Json($$$"""{"status":"success","message":"Success","data":{"items":[{{{string.Join(',', items)}}}]}}""");
}
