using System.Text.Json;
using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class UpstreamSamplesTests
{
    [Fact]
    public void Every_sample_is_an_envelope_or_a_failure()
    {
        UpstreamSample.All.Count().ShouldBeGreaterThanOrEqualTo(7);
        foreach (var path in UpstreamSample.All)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var error = ErrorBody.Read(document.RootElement);
            (
                error.IsFailure || Envelope.Data(document.RootElement, new(path)).ValueKind is JsonValueKind.Object
            ).ShouldBeTrue(path);
        }
    }

    [Fact]
    public void Every_sample_is_explained()
    {
        var readme = UpstreamSample.Read("README.md");

        UpstreamSample.All.Select(path => $"`{Path.GetFileName(path)}`").ShouldAllBe(name => readme.Contains(name));
    }
}
