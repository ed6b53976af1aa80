"""Ends TLS in front of a plain server: tls_front.py CERTIFICATE KEY PORT [tls1.1]

Prints the port that it listens on, and forwards every connection to PORT on 127.0.0.1 until it is killed.
"""
import socket
import ssl
import sys
import threading

certificate, key, target = sys.argv[1:4]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
if "tls1.1" in sys.argv[4:]:
    # OpenSSL 3 speaks it at its lowest level of security only.
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
context.load_cert_chain(certificate, key)
context.set_alpn_protocols(["http/1.1"])


def forward(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(plain):
    try:
        client = context.wrap_socket(plain, server_side=True)
    except OSError:
        return
    server = socket.create_connection(("127.0.0.1", int(target)))
    threading.Thread(target=forward, args=(server, client), daemon=True).start()
    forward(client, server)


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
