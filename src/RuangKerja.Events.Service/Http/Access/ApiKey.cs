namespace RuangKerja.Events.Service.Http.Access;

/// <summary>What the holder of a key may do.</summary>
public enum ApiRole
{
    /// <summary>Read.</summary>
    Viewer,

    /// <summary>Read, and ask for replays, pause, resume and cancel them.</summary>
    Operator,
}

/// <summary>A key of the HTTP API.</summary>
/// <param name="Name">Who it stands for: what the audit of a replay names.</param>
/// <param name="Secret">What it was at the start.</param>
/// <param name="File">Where it is read anew; null when it was given as a value.</param>
public sealed record ApiKey(string Name, ApiRole Role, string Secret, SecretFile? File = null)
{
    /// <inheritdoc />
    public override string ToString() => $"ApiKey {{ {Name}, {Role} }}";
}
