-- What is still open is asked for again. A replay that was sent whole counts where nothing of it was settled.
update {schema}.course_status_assignment
set gap_request_id = null,
    gap_replay_id = null,
    gap_replays = gap_replays + case when $4 then 1 else 0 end,
    gap_due_at = clock_timestamp() + ($3::interval[])[least(gap_rounds, cardinality($3::interval[]))]
where subscriber = $1 and gap_version is not null and gap_request_id = $2
