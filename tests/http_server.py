"""A server on 127.0.0.1 for tests/test_http.c and tests/remote_case.py.

python3 http_server.py LOG [CERTIFICATE] listens on two ports and, with a certificate (and its key, in one PEM file), on a
third one for HTTPS. It prints the ports, answers from the tables below, and writes a line to LOG for each request. It ends
after two minutes, in case its test no longer runs.
"""
import http.server
import os
import ssl
import sys
import threading
import time

OBJECT = b"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n"
CONTENT = {"/x.yaml": OBJECT, "/text": b"text"}
REDIRECTS = {"/redirect": "x.yaml", "/loop": "loop", "/redirect-to-file": "file:///etc/passwd"}
MEGABYTE = b"#" * (1 << 20)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.note(self)
        content = self.server.file(self.path)
        if content is not None:
            self.send_response(200)
            # Python closes TLS connections without notice. Without a length, newer versions of curl take that for an error.
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        elif self.path in self.server.redirects:
            self.send_response(302)
            self.send_header("Location", self.server.redirects[self.path])
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
    """Runs until the program ends. Files below `folder` take precedence over the table."""

    def __init__(self, log=None, folder=None, certificate=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.log, self.folder, self.redirects = log, folder, dict(REDIRECTS)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            # The handshake is done in the thread of its connection, so that a client that rejects it doesn't end the
            # others.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def file(self, path):
        name = os.path.join(self.folder, path.lstrip("/")) if self.folder else ""
        if os.path.isfile(name):
            with open(name, "rb") as file:
                return file.read()
        return CONTENT.get(path)

    def note(self, request):
        if self.log:
            login = "with" if request.headers.get("Authorization") else "without"
            with open(self.log, "a") as log:
                log.write(f"{self.server_port} {request.path} {login} login\n")

    def handle_error(self, request, client_address):
        pass  # the client closed the connection


if __name__ == "__main__":
    servers = [Server(log=sys.argv[1]) for _ in range(2)]
    servers[0].redirects["/redirect-to-other"] = f"http://127.0.0.1:{servers[1].server_port}/x.yaml"
    servers += [Server(log=sys.argv[1], certificate=certificate) for certificate in sys.argv[2:]]
    print(*[server.server_port for server in servers], flush=True)
    time.sleep(120)
