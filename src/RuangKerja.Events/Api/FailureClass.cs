namespace RuangKerja.Events.Api;

/// <summary>The classes of failure the API itself can report; one finer than <see cref="ApiFailureKind"/>.</summary>
internal enum FailureClass
{
    Transient,
    Throttled,
    Authentication,
    Refused,
}
