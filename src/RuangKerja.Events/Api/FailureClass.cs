namespace RuangKerja.Events.Api;

/// <summary>The classes of failure the API itself can report; one finer than <see cref="ApiFailureKind"/>.</summary>
internal enum FailureClass
{
    Transient,
    Throttled,
    Authentication,

    /// <summary>What was asked for is not there, or may not be asked: this very request.</summary>
    Refused,

    /// <summary>All else that does not pass by itself; it need not be about this request.</summary>
    Broken,
}
