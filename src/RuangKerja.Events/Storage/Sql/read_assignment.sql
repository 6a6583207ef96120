select tenant_id, id, data from {schema}.mt_doc_coursestatussnapshot where tenant_id = $1 and id = $2
