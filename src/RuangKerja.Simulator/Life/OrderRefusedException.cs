namespace RuangKerja.Simulator.Life;

/// <summary>Why an order cannot be carried out.</summary>
public enum OrderRefusal
{
    /// <summary>No company of that name.</summary>
    NoSuchCompany,

    /// <summary>No assignment or course matches, or no employee lacks such a course.</summary>
    NoMatch,

    /// <summary>Every match has the wanted status or name already, or nothing lawful follows its status.</summary>
    NothingToMove,
}

/// <summary>An order asks for what the population cannot do. Nothing was changed.</summary>
public sealed class OrderRefusedException(OrderRefusal refusal)
    : InvalidOperationException($"The order cannot be carried out: {refusal}.")
{
    /// <summary>Why.</summary>
    public OrderRefusal Refusal { get; } = refusal;
}
