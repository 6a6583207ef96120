  and (event.tenant_id, event.stream_id) in (
      select assignment.tenant_id, assignment.stream_id
      from {schema}.assignment_index as assignment
      where ($4::varchar[] is null or assignment.tenant_id = any ($4))
        and ($13::varchar is null or assignment.employee_id = $13)
        and ($14::uuid is null or assignment.course_digest = $14)
        and ($15::varchar is null or assignment.course_serial = $15)
  )
