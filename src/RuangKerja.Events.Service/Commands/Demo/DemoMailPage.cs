using System.Text;
using System.Text.Encodings.Web;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.Service.Commands.Demo;

/// <summary>A page on this machine alone that lists the mails the private mail server has, and opens each.</summary>
internal sealed class DemoMailPage : IAsyncDisposable
{
    private const int Shown = 500;

    private readonly WebApplication _app;

    private DemoMailPage(WebApplication app) => _app = app;

    /// <summary>Where it is.</summary>
    public Uri Address => new(_app.Urls.First());

    public static async Task<DemoMailPage> StartAsync(SmtpServer smtp, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => Results.Content(List(smtp.ReadMails()), "text/html; charset=utf-8"));
        app.MapGet("/{name}", (string name, HttpContext http) => Open(Find(smtp, name), http));
        await app.StartAsync(cancellationToken);
        return new DemoMailPage(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static ReceivedMail? Find(SmtpServer smtp, string name) =>
        smtp.ReadMails().FirstOrDefault(mail => NameOf(mail) == name);

    private static IResult Open(ReceivedMail? mail, HttpContext http)
    {
        // A mail is somebody else's HTML: it is shown, and can do nothing.
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
        return mail?.Html is { } html ? Results.Content(html, "text/html; charset=utf-8") : Results.NotFound();
    }

    private static string List(IReadOnlyList<ReceivedMail> mails)
    {
        var html = new StringBuilder(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Mails</title><style>
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; }
            td, th { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
            </style></head><body>

            """
        );
        html.Append($"<h1>{mails.Count} mails</h1>\n<table><tr><th></th><th>To</th><th>Subject</th></tr>\n");
        foreach (var mail in mails.Reverse().Take(Shown))
            html.Append($"<tr><td>{NameOf(mail)}</td><td>{Text(mail.To)}</td>")
                .Append($"<td><a href=\"/{NameOf(mail)}\">{Text(mail.Subject)}</a></td></tr>\n");
        return html.Append("</table></body></html>\n").ToString();
    }

    private static string NameOf(ReceivedMail mail) => Path.GetFileNameWithoutExtension(mail.File);

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
