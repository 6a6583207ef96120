select tenant_id, id, data
from {schema}.mt_doc_coursestatussnapshot
where (tenant_id, id) > ($1, $2)
order by tenant_id, id
limit $3
