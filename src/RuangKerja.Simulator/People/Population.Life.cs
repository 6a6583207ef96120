namespace RuangKerja.Simulator.People;

public sealed partial class Population
{
    private const double RetakeShare = 0.04;

    /// <summary>
    /// One step of life at <paramref name="at"/>: assigns a course, moves an open assignment on or starts a retake, whichever
    /// chance says and the laws and the dwell allow. Null when nothing can move, or when the step was a touch.
    /// </summary>
    internal Transition? Step(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_options.TouchShare > 0 && _random.NextDouble() < _options.TouchShare)
            {
                TouchByChance(at);
                return null;
            }

            var lot = _random.NextDouble();
            if (lot < _options.NewAssignmentShare)
                return AssignByChance(at);
            if (lot > 1 - RetakeShare && MoveByChance(Lifecycle.CanBeRetaken, at) is { } retake)
                return retake;

            return MoveByChance(Lifecycle.Open, at)
                ?? (_options.NewAssignmentShare > 0 ? AssignByChance(at) : MoveByChance(Lifecycle.CanBeRetaken, at));
        }
    }

    private Transition AssignByChance(DateTimeOffset at)
    {
        var employee =
            _withoutSomeCourse.Count == 0
                ? Join()
                : _employees[_withoutSomeCourse[_random.Next(_withoutSomeCourse.Count)]];
        var course = FromRandomPlace(_onlineCourses, one => !Holds(employee, one))!;
        return Add(NewAssignment(employee, course, Instant(at)), at);
    }

    private Transition? MoveByChance(UpstreamStatus[] from, DateTimeOffset at)
    {
        foreach (var candidate in PastTheDwell(from, at))
        {
            if (Lifecycle.Next(candidate.Status, _random) is { } to)
                return Move(candidate, to, at);
        }

        return null;
    }

    private void TouchByChance(DateTimeOffset at)
    {
        if (PastTheDwell([UpstreamStatus.InProgress], at).FirstOrDefault() is { } worked)
            Touch(worked, at);
    }

    /// <summary>From a place chosen by chance on, round once.</summary>
    private IEnumerable<Assignment> PastTheDwell(UpstreamStatus[] statuses, DateTimeOffset at)
    {
        var candidates = statuses.Sum(status => _byStatus[(int)status].Count);
        if (candidates == 0)
            yield break;

        var latest = Instant(at) - _options.MinimumDwell;
        var start = _random.Next(candidates);
        for (var i = 0; i < candidates; i++)
        {
            var candidate = _assignments[_places[Candidate(statuses, (start + i) % candidates)]];
            if (candidate.UpdatedAt <= latest)
                yield return candidate;
        }
    }

    private int Candidate(UpstreamStatus[] from, int place)
    {
        foreach (var status in from)
        {
            var candidates = _byStatus[(int)status];
            if (place < candidates.Count)
                return candidates[place];
            place -= candidates.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(place), place, "fewer candidates than that");
    }
}
