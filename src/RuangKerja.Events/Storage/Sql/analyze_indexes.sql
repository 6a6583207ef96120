analyze {schema}.event_index, {schema}.assignment_index
