"""PostgreSQL: sessions, pages, migrations, and the server that comes along in development."""
