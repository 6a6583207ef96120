select tenant_id, id, data
from {schema}.mt_doc_coursestatussnapshot
order by tenant_id, data ->> 'employeeId', id
