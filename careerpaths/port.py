"""Say whether an address is free to serve on: `python -m careerpaths.port 127.0.0.1 8000`."""

import errno
import socket
import sys


def problem(host: str, port: str) -> str | None:
    """What stands in the way of serving on `host` and `port`, as a sentence; None when nothing does."""
    if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
        return f"PORT must be a number from 1 to 65535, not {port!r}."
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            # As gunicorn does: connections of the last run that are still closing do not count as taken.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except socket.gaierror:
        return f"HOST {host!r} is not an address of this machine."
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = int(port) + 1 if int(port) < 65535 else int(port) - 1
            return (
                f"Port {port} on {host} is taken by another program. "
                f"Stop that program, or add PORT={other} to the command."
            )
        if error.errno == errno.EACCES:
            return f"Port {port} is reserved for the system administrator. Add PORT=8000 to the command."
        return f"Cannot serve on {host} port {port}: {error.strerror}."
    return None


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("Usage: python -m careerpaths.port HOST PORT", file=sys.stderr)
        return 2
    found = problem(*arguments)
    if found:
        print(found, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
