# With RABBITMQ_ALLOW_INPUT the start script becomes the Erlang machine instead of watching over it.
exec "$LOCAL_SERVER_PROGRAMS/rabbitmq-server"
