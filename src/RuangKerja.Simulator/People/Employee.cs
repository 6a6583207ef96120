namespace RuangKerja.Simulator.People;

/// <summary>A made-up employee.</summary>
/// <param name="Serial">The upstream's own serial, such as <c>USER-7QK2M4XZ</c>.</param>
/// <param name="Id">The company's employee id, such as <c>ID-0001</c>; the same ids occur in every company.</param>
/// <param name="Name">Such as <c>Karyawan 0001</c>.</param>
public sealed record Employee(string Serial, string Id, string Name);
