"""A server for tests/test_http.c: python3 http_server.py LOG

Listens on two ports of 127.0.0.1, prints them, answers from the table below, and writes a line into LOG for each
request. It ends by itself after two minutes, should its test be gone.
"""
import http.server
import sys
import threading
import time

OBJECT = b"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n"
CONTENT = {"/x.yaml": OBJECT, "/text": b"text"}
MEGABYTE = b"#" * (1 << 20)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        login = "with" if self.headers.get("Authorization") else "without"
        with open(sys.argv[1], "a") as log:
            log.write(f"{self.server.server_port} {self.path} {login} login\n")
        redirects = {
            "/redirect": "/x.yaml",
            "/loop": "/loop",
            "/redirect-to-file": "file:///etc/passwd",
            "/redirect-to-other": f"http://127.0.0.1:{servers[1].server_port}/x.yaml",
        }
        if self.path in CONTENT:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(CONTENT[self.path])
        elif self.path in redirects:
            self.send_response(302)
            self.send_header("Location", redirects[self.path])
            self.end_headers()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(MEGABYTE)
        else:
            self.send_response(404)
            self.end_headers()

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass  # a client that has had enough


servers = [Server(("127.0.0.1", 0), Handler) for _ in range(2)]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
print(servers[0].server_port, servers[1].server_port, flush=True)
time.sleep(120)
