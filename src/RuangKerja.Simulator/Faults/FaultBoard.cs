using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Simulator.Faults;

/// <summary>What goes wrong on purpose. Thread-safe; every knob works at once and until it is turned back.
/// What can be meant for one company says so; all else hits every company.</summary>
public sealed partial class FaultBoard
{
    private readonly Lock _gate = new();
    private readonly TokenDesk _tokens;
    private readonly World _world;
    private readonly List<AnswerFault> _answers = [];
    private readonly HashSet<string> _revoked = [];
    private TimeSpan _delay;
    private bool _allRevoked;

    internal FaultBoard(TokenDesk tokens, World world)
    {
        _tokens = tokens;
        _world = world;
    }

    /// <summary>The most that a lag can be.</summary>
    internal static TimeSpan LongestLag { get; } = TimeSpan.FromDays(365);

    /// <summary>How long every upstream answer, tokens included, is held back. 0 or more; 0 is none.</summary>
    public TimeSpan Delay
    {
        get
        {
            lock (_gate)
                return _delay;
        }
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            lock (_gate)
                _delay = value;
        }
    }

    /// <summary>The answer faults still to come, their <see cref="AnswerFault.Count"/> being what is left.</summary>
    public IReadOnlyList<AnswerFault> Answers
    {
        get
        {
            lock (_gate)
                return _answers.ToArray();
        }
    }

    /// <summary>The next <see cref="AnswerFault.Count"/> requests it fits get this answer. Several are worked off in order.</summary>
    /// <exception cref="ArgumentException">A member is outside its range.</exception>
    public void Answer(AnswerFault fault)
    {
        if (fault.WhatIsWrong is { } wrong)
            throw new ArgumentException(wrong, nameof(fault));
        lock (_gate)
            _answers.Add(fault);
    }

    /// <summary>Every token given out so far is refused from now on; new ones can be asked for.</summary>
    public void ExpireTokens() => _tokens.ExpireAll();

    /// <summary>The token endpoint refuses a company's credentials; tokens given out before stay good.</summary>
    /// <param name="company">The company's name; null for all.</param>
    public void RevokeCredentials(string? company = null)
    {
        lock (_gate)
        {
            if (company is null)
                _allRevoked = true;
            else
                _revoked.Add(company);
        }
    }

    /// <summary>All credentials are good again.</summary>
    public void RestoreCredentials()
    {
        lock (_gate)
        {
            _allRevoked = false;
            _revoked.Clear();
        }
    }

    /// <summary>Whether the token endpoint refuses this company.</summary>
    public bool AreCredentialsRevoked(string company)
    {
        lock (_gate)
            return _allRevoked || _revoked.Contains(company);
    }

    /// <summary>Turns everything back. Expired tokens stay expired.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _answers.Clear();
            _feedRows.Clear();
            _rosterRows.Clear();
            _drifts.Clear();
            _limits.Clear();
            _feedRowCap = null;
            _duplicateShare = 0;
            FeedLag = TimeSpan.Zero;
            RosterLag = TimeSpan.Zero;
            _delay = TimeSpan.Zero;
            _allRevoked = false;
            _revoked.Clear();
        }
    }

    internal static bool IsLag(TimeSpan lag) => lag >= TimeSpan.Zero && lag <= LongestLag;

    /// <summary>The fault that hits this request, used up by one; null when none does.</summary>
    /// <param name="endpoint">What is asked for.</param>
    /// <param name="company">Whose token it carries; null without a good one.</param>
    internal AnswerFault? TakeFor(UpstreamEndpoint endpoint, string? company)
    {
        lock (_gate)
        {
            var index = _answers.FindIndex(one => one.Hits(endpoint, company));
            if (index < 0)
                return null;

            var fault = _answers[index];
            if (fault.Count > 1)
                _answers[index] = fault with { Count = fault.Count - 1 };
            else
                _answers.RemoveAt(index);
            return fault;
        }
    }
}
