using RuangKerja.Events.IntegrationTests.Faults;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.IntegrationTests.Storage.History;

namespace RuangKerja.Events.IntegrationTests.Interchange;

// One suite for every engine: each class runs on the build's default, which is Marten here, and once more on the other.

[OnEngine("Npgsql")]
public sealed class When_a_poll_cycle_runs_on_Npgsql(Servers servers) : When_a_poll_cycle_runs(servers);

[OnEngine("Npgsql")]
public sealed class When_a_sweep_is_shared_on_Npgsql(Servers servers) : When_a_sweep_is_shared(servers);

[OnEngine("Npgsql")]
public sealed class When_a_window_is_committed_on_Npgsql(Servers servers) : When_a_window_is_committed(servers);

[OnEngine("Npgsql")]
public sealed class When_events_are_held_on_Npgsql(Servers servers) : When_events_are_held(servers);

[OnEngine("Npgsql")]
public sealed class When_feed_and_roster_meet_on_Npgsql(Servers servers) : When_feed_and_roster_meet(servers);

[OnEngine("Npgsql")]
public sealed class When_keys_are_loaded_on_Npgsql(Servers servers) : When_keys_are_loaded(servers);

[OnEngine("Npgsql")]
public sealed class When_quarantined_rows_are_tried_again_on_Npgsql(Servers servers)
    : When_quarantined_rows_are_tried_again(servers);

[OnEngine("Npgsql")]
public sealed class When_roster_rows_are_quarantined_on_Npgsql(Servers servers)
    : When_roster_rows_are_quarantined(servers);

[OnEngine("Npgsql")]
public sealed class When_the_backlog_is_read_on_Npgsql(Servers servers) : When_the_backlog_is_read(servers);

[OnEngine("Npgsql")]
public sealed class When_the_database_refuses_on_Npgsql(Servers servers) : When_the_database_refuses(servers);

[OnEngine("Npgsql")]
public sealed class When_the_schema_is_applied_on_Npgsql(Servers servers) : When_the_schema_is_applied(servers);

[OnEngine("Npgsql")]
public sealed class When_two_writers_meet_on_Npgsql(Servers servers) : When_two_writers_meet(servers);

[OnEngine("Npgsql")]
public sealed class When_version_1_is_migrated_on_Npgsql(Servers servers) : When_version_1_is_migrated(servers);

[OnEngine("Npgsql")]
public sealed class When_version_2_is_migrated_on_Npgsql(Servers servers) : When_version_2_is_migrated(servers);

[OnEngine("Npgsql")]
public sealed class When_a_commit_is_slow_on_Npgsql(Servers servers) : When_a_commit_is_slow(servers);

[OnEngine("Npgsql")]
public sealed class When_a_subscriber_has_some_events_on_Npgsql(Servers servers)
    : When_a_subscriber_has_some_events(servers);

[OnEngine("Npgsql")]
public sealed class When_assignments_are_listed_on_Npgsql(Servers servers) : When_assignments_are_listed(servers);

[OnEngine("Npgsql")]
public sealed class When_events_are_found_on_Npgsql(Servers servers) : When_events_are_found(servers);

[OnEngine("Npgsql")]
public sealed class When_events_are_read_on_Npgsql(Servers servers) : When_events_are_read(servers);

[OnEngine("Npgsql")]
public sealed class When_events_are_withheld_on_Npgsql(Servers servers) : When_events_are_withheld(servers);

[OnEngine("Npgsql")]
public sealed class When_many_write_and_one_pulls_on_Npgsql(Servers servers) : When_many_write_and_one_pulls(servers);

[OnEngine("Npgsql")]
public sealed class When_the_answer_to_a_commit_is_lost_on_Npgsql(Servers servers)
    : When_the_answer_to_a_commit_is_lost(servers);

[OnEngine("Npgsql")]
public sealed class When_the_database_fails_on_Npgsql(Servers servers) : When_the_database_fails(servers);
