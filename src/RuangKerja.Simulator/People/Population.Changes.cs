namespace RuangKerja.Simulator.People;

public sealed partial class Population
{
    /// <summary>Moves the assignment without asking whether the move is lawful. Null when it is there already.</summary>
    private Transition? Move(Assignment assignment, UpstreamStatus to, DateTimeOffset at)
    {
        var before = _assignments[_places[assignment.Number]];
        if (before.Status == to)
            return null;

        var now = before.MovedTo(to, InstantAfter(before, at), _random);
        if (IsCurrent(before))
        {
            _byStatus[(int)before.Status].Remove(before.Number);
            _byStatus[(int)to].Add(before.Number);
        }

        return new Transition(before.Status, Put(now, at));
    }

    private Assignment Touch(Assignment assignment, DateTimeOffset at) =>
        Put(assignment.TouchedAt(InstantAfter(assignment, at), _random), at);

    /// <summary>Takes in an assignment. One of the same course that its employee holds already is superseded and stays as it is.</summary>
    private Transition Add(Assignment assignment, DateTimeOffset at)
    {
        var added = assignment with { Number = ++_lastNumber };
        _places.Add(added.Number, _assignments.Count);
        _assignments.Add(added);
        _byStatus[(int)added.Status].Add(added.Number);

        if (_held.TryGetValue(KeyOf(added), out var held))
        {
            var superseded = _assignments[_places[held[^1]]];
            _byStatus[(int)superseded.Status].Remove(superseded.Number);
        }
        else
        {
            CountHoldings(added.Employee, 1);
        }

        _held[KeyOf(added)] = [.. held ?? [], added.Number];
        return new Transition(From: null, Put(added, at));
    }

    /// <returns>The assignment as it stood.</returns>
    private Assignment Remove(int number, DateTimeOffset at)
    {
        var gone = TakeOut(number);
        _byStatus[(int)gone.Status].Remove(number);

        var held = _held[KeyOf(gone)];
        int[] left = [.. held.Where(other => other != number)];
        if (left.Length == 0)
        {
            _held.Remove(KeyOf(gone));
            CountHoldings(gone.Employee, -1);
        }
        else
        {
            _held[KeyOf(gone)] = left;
            var current = _assignments[_places[left[^1]]];
            if (left[^1] != held[^1])
                _byStatus[(int)current.Status].Add(current.Number);
        }

        gone = gone with { Revision = ++_lastRevision };
        _feed.Remove(gone, at);
        _rosters.Remove(gone, at);
        return gone;
    }

    /// <summary>The last assignment of the list takes the place that becomes free.</summary>
    private Assignment TakeOut(int number)
    {
        _places.Remove(number, out var place);
        var taken = _assignments[place];
        var last = _assignments[^1];
        _assignments.RemoveAt(_assignments.Count - 1);
        if (last.Number != number)
        {
            _assignments[place] = last;
            _places[last.Number] = place;
        }

        _snapshot = null;
        return taken;
    }

    private void CountHoldings(Employee employee, int more)
    {
        var before = _staff[employee.Id];
        var after = before with { Holdings = before.Holdings + more };
        _staff[employee.Id] = after;
        if (after.Holdings == _onlineCourses.Length)
            _withoutSomeCourse.Remove(after.Index);
        else if (before.Holdings == _onlineCourses.Length)
            _withoutSomeCourse.Add(after.Index);
    }

    /// <summary>The assignment is from now on what is given here.</summary>
    private Assignment Put(Assignment assignment, DateTimeOffset at)
    {
        var now = assignment with { Revision = ++_lastRevision };
        _assignments[_places[now.Number]] = now;
        _snapshot = null;
        _feed.Put(now, at);
        _rosters.Put(now, at);
        return now;
    }

    private Employee Join()
    {
        var number = _employees.Count + 1;
        var employee = new Employee(_serials.Make("USER"), $"ID-{number:D4}", $"Karyawan {number:D4}");
        _staff.Add(employee.Id, (_employees.Count, 0));
        _withoutSomeCourse.Add(_employees.Count);
        _employees.Add(employee);
        return employee;
    }

    /// <summary>When a change of this assignment took place: a clock that was set back must not take a row's updatedAt back with it.</summary>
    private DateTimeOffset InstantAfter(Assignment before, DateTimeOffset at)
    {
        var instant = Instant(at);
        return instant > before.UpdatedAt ? instant : before.UpdatedAt;
    }
}
