"""Django's PostgreSQL, for a process that must not wait for ever: ``base`` is what Django loads."""
