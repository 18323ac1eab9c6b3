"""Says in one line why a port cannot be used; prints nothing when it can."""

import socket
import sys


def main(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        print(f"PORT={text} is no port number: choose one from 1 to 65535, for example PORT=8080 make run")
        return 1
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", int(text)))
        except OSError as problem:
            print(f"Port {text} cannot be used ({problem.strerror}). Choose another: PORT=8080 make run")
            return 1
    return 0


sys.exit(main(sys.argv[1]))
