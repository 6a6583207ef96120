namespace RuangKerja.Events.Api;

/// <summary>One access token and its life. It does not print its value.</summary>
/// <param name="value">What goes out as <c>Authorization</c>.</param>
/// <param name="obtainedAt">When it was asked for.</param>
/// <param name="life">How long it lives from then.</param>
/// <param name="afterRejection">Whether it was asked for because its predecessor had been turned down.</param>
internal sealed class AccessToken(string value, DateTimeOffset obtainedAt, TimeSpan life, bool afterRejection)
{
    private const double RenewedAfter = 0.8;

    private volatile bool _accepted;

    public string Value => value;

    public TimeSpan Life => life;

    /// <summary>The API took it at least once.</summary>
    public void Accepted() => _accepted = true;

    /// <summary>It is time for the next one. A clock that went back proves nothing, so that counts as well.</summary>
    public bool IsDue(DateTimeOffset now) => now < obtainedAt || now - obtainedAt >= life * RenewedAfter;

    public bool IsAlive(DateTimeOffset now) => now >= obtainedAt && now - obtainedAt < life;

    /// <summary>A fresh token that was never taken: the next would not fare better.</summary>
    public bool IsHopeless(DateTimeOffset now, TimeSpan pause) =>
        afterRejection && !_accepted && now >= obtainedAt && now - obtainedAt < pause;
}
