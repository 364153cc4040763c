"""A connection to PostgreSQL that waits for a bounded time.

``statement_timeout`` is kept by the server, so a server that hangs, or that is no longer there behind a cut line, does
not keep it, and the thread that asked would be gone for ever. Here this side counts too. Two OPTIONS that only
``careerpaths.patience`` gives say so: ``patience``, the seconds that an answer may take, and ``takes_turns``, whether
the connection keeps to the queue of the process. Commands such as a content load have neither and wait as they must.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base
from psycopg import OperationalError as DriverError
from psycopg.pq import TransactionStatus

from careerpaths import database_queue


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with a bound on every wait."""

    def get_connection_params(self) -> dict[str, Any]:
        """What the driver is told; it knows nothing of the two options."""
        parameters: dict[str, Any] = super().get_connection_params()
        for name in ("patience", "takes_turns"):
            parameters.pop(name, None)
        return parameters

    def get_new_connection(self, conn_params: Any) -> Any:
        """A connection whose ``wait``, through which everything goes, ends in time."""
        with self._turn():
            connection: Any = super().get_new_connection(conn_params)
        patience = self.settings_dict["OPTIONS"].get("patience")
        if patience is not None:
            connection.wait = _bounded(connection, patience, self._turn)
        return connection

    def _turn(self) -> AbstractContextManager[None]:
        takes_turns = self.settings_dict["OPTIONS"].get("takes_turns")
        return database_queue.of_this_process().turn() if takes_turns else nullcontext()


def _bounded(connection: Any, patience: float, turn: Callable[[], AbstractContextManager[None]]) -> Callable[..., Any]:
    """The ``wait`` of a connection, for ``patience`` seconds at most; then the connection is given up."""
    wait = connection.wait

    def bounded(generator: Any, *rest: Any, **named: Any) -> Any:
        with turn():
            try:
                return wait(generator, *rest, **{"timeout": patience, **named})
            except DriverError as error:
                if connection.pgconn.transaction_status != TransactionStatus.ACTIVE:
                    raise
                # Nobody knows what the server makes of a statement that it was sent and has not answered.
                connection.pgconn.finish()
                raise OperationalError(f"No answer within {patience} seconds.") from error

    return bounded
