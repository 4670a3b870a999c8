"""exchange_server.py DIR: a receiver of documents by HTTPS that wants a client certificate (for exchange.t).

Writes its port into DIR/port. Answers with the number in DIR/answer and keeps each document and its
Idempotency-Key in DIR/received.
"""
import http.server
import pathlib
import ssl
import sys

here = pathlib.Path(sys.argv[1])


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        status = int((here / 'answer').read_text())
        with open(here / 'received', 'ab') as out:
            out.write(self.headers['Idempotency-Key'].encode() + b' ' + str(len(body)).encode() + b'\n')
        (here / 'last').write_bytes(body)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(f'said {status}\n'.encode())

    def log_message(self, *unused):
        pass


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(here / 'server.pem')
context.load_verify_locations(here / 'ca.pem')
context.verify_mode = ssl.CERT_REQUIRED
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Receiver)
server.socket = context.wrap_socket(server.socket, server_side=True)
(here / 'port.new').write_text(str(server.server_port))
(here / 'port.new').rename(here / 'port')
server.serve_forever()
