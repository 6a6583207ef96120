-- What is null does not narrow. Where the page begins is said of both tables: they may be read side by side from there.
select assignment.tenant_id, assignment.stream_id, document.data
from {schema}.assignment_index as assignment
join {schema}.mt_doc_coursestatussnapshot as document
    on document.tenant_id = assignment.tenant_id and document.id = assignment.stream_id
where ($2::varchar is null
       or ((assignment.tenant_id, assignment.stream_id) > ($2, $3) and (document.tenant_id, document.id) > ($2, $3)))
  and ($4::varchar[] is null or assignment.tenant_id = any ($4))
  and ($5::varchar is null or assignment.employee_id = $5)
  and ($6::uuid is null or assignment.course_digest = $6)
  and ($7::varchar is null or assignment.course_serial = $7)
  and ($8::varchar[] is null or document.data ->> 'status' = any ($8))
order by assignment.tenant_id, assignment.stream_id
limit $1
