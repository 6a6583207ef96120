select id, data
from {schema}.mt_doc_coursestatussnapshot
where tenant_id = $1 and id = any ($2)
