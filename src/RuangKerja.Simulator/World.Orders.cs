using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator;

public sealed partial class World
{
    private readonly List<AssignmentState> _removals = [];

    /// <summary>Every assignment that was removed, as it stood, in order. The ledger tells of statuses and so of none of them.</summary>
    public IReadOnlyList<AssignmentState> Removals
    {
        get
        {
            lock (_change)
                return _removals.ToArray();
        }
    }

    /// <summary>Moves one assignment, paused or not, heeding neither the dwell nor, when the order names a status, the laws.</summary>
    /// <exception cref="OrderRefusedException">Nothing matches, or it has that status already.</exception>
    public LedgerEntry Transition(TransitionOrder order, DateTimeOffset now) =>
        CarryOut(
            order.Company,
            now,
            company =>
                Enter(
                    company,
                    company.Population.CarryOut(order, now)
                        ?? throw new OrderRefusedException(
                            company.Population.Has(order) ? OrderRefusal.NothingToMove : OrderRefusal.NoMatch
                        )
                )
        );

    /// <summary>Assigns a course to an employee who does not hold it, paused or not.</summary>
    /// <exception cref="OrderRefusedException">There is no such employee and course.</exception>
    public LedgerEntry Assign(AssignmentOrder order, DateTimeOffset now) =>
        CarryOut(
            order.Company,
            now,
            company => Enter(company, company.Population.CarryOut(order, now) ?? throw NoMatch())
        );

    /// <summary>
    /// Assigns a course once more to an employee who holds it, under a new serial. The assignment before stays in the feed as it
    /// is and life leaves it alone; the roster shows the one of the two that changed last.
    /// </summary>
    /// <exception cref="OrderRefusedException">Nothing matches.</exception>
    public LedgerEntry Reassign(AssignmentChoice choice, DateTimeOffset now) =>
        CarryOut(
            choice.Company,
            now,
            company => Enter(company, company.Population.Reassign(choice, now) ?? throw NoMatch())
        );

    /// <summary>
    /// Changes an assignment without changing its status: <c>updatedAt</c> moves, and time spent and scores grow where there is
    /// work to show. Those in progress go first. The ledger does not tell of it.
    /// </summary>
    /// <exception cref="OrderRefusedException">Nothing matches.</exception>
    public AssignmentState Touch(AssignmentChoice choice, DateTimeOffset now) =>
        CarryOut(
            choice.Company,
            now,
            company =>
            {
                var touched = company.Population.Touch(choice, now) ?? throw NoMatch();
                return AssignmentState.Of(company.Name, touched, touched.UpdatedAt);
            }
        );

    /// <summary>
    /// Takes an employee off a course: feed and roster show nothing of it any more. The ledger does not tell of it,
    /// <see cref="Removals"/> do. An order that names no serial takes away what was superseded too.
    /// </summary>
    /// <returns>The current assignment, as it stood.</returns>
    /// <exception cref="OrderRefusedException">Nothing matches.</exception>
    public AssignmentState Remove(AssignmentChoice choice, DateTimeOffset now) =>
        CarryOut(
            choice.Company,
            now,
            company =>
            {
                var gone = company.Population.Remove(choice, now);
                if (gone.Length == 0)
                    throw NoMatch();
                _removals.AddRange(gone.Select(one => AssignmentState.Of(company.Name, one, company.Instant(now))));
                return _removals[^1];
            }
        );

    /// <summary>Gives a course another name: the catalogue and every feed row from now on carry it, entries of the ledger keep the old one.</summary>
    /// <returns>The course as it is now.</returns>
    /// <exception cref="OrderRefusedException">There is no such course, or it has that name already.</exception>
    public Course RenameCourse(RenameOrder order, DateTimeOffset now) =>
        CarryOut(
            order.Company,
            now,
            company =>
            {
                var course = company.Population.Find(order) ?? throw NoMatch();
                var name = order.Name ?? $"{course.Name} (Revisi)";
                return name == course.Name
                    ? throw new OrderRefusedException(OrderRefusal.NothingToMove)
                    : company.Population.Rename(course, name);
            }
        );

    private T CarryOut<T>(string? company, DateTimeOffset now, Func<Company, T> carryOut)
    {
        lock (_change)
        {
            AdvanceTo(now);
            return carryOut(Company(company));
        }
    }

    private LedgerEntry Enter(Company company, Transition transition) =>
        Ledger.Add(company.Name, transition, initial: false);

    private static OrderRefusedException NoMatch() => new(OrderRefusal.NoMatch);
}
