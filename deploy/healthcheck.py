"""Asks the server in this container whether it lives; loads nothing of it, to stay small."""

import http.client
import sys

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 3000

try:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=3)
    connection.request("GET", "/healthz")
    status = connection.getresponse().status
except OSError:
    status = 0
sys.exit(0 if status == http.client.OK else 1)
