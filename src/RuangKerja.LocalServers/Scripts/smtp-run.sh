exec "$LOCAL_SERVER_PYTHON" smtp_server.py
