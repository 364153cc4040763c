"""The full-text index of the search: an FTS5 table that follows its content table on SQLite, a GIN index on PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    """CREATE VIRTUAL TABLE guides_search USING fts5(
        title, names, text, content='guides_searchentry', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2", prefix='2 3')""",
    """CREATE TRIGGER guides_search_insert AFTER INSERT ON guides_searchentry BEGIN
        INSERT INTO guides_search(rowid, title, names, text) VALUES (new.id, new.title, new.names, new.text);
    END""",
    """CREATE TRIGGER guides_search_delete AFTER DELETE ON guides_searchentry BEGIN
        INSERT INTO guides_search(guides_search, rowid, title, names, text)
        VALUES ('delete', old.id, old.title, old.names, old.text);
    END""",
    """CREATE TRIGGER guides_search_update AFTER UPDATE ON guides_searchentry BEGIN
        INSERT INTO guides_search(guides_search, rowid, title, names, text)
        VALUES ('delete', old.id, old.title, old.names, old.text);
        INSERT INTO guides_search(rowid, title, names, text) VALUES (new.id, new.title, new.names, new.text);
    END""",
)
# Accents and signs are taken off as the search takes them off a query. Signs become spaces, because the parser of
# PostgreSQL would make one word of "node.js" or "read/write", which nobody finds by its second part.
# RETURN binds names when the function is made: an index is built and restored with an empty search path.
POSTGRESQL = (
    """CREATE FUNCTION guides_search_words(content text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(
        normalize(regexp_replace(normalize(lower(content), NFKD), '[\\u0300-\\u036f]', '', 'g'), NFKC),
        '[!-/:-@\\[-`{-~]', ' ', 'g')""",
    """CREATE FUNCTION guides_search_vector(title text, names text, content text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(to_tsvector('simple', guides_search_words(title)), 'A')
        || setweight(to_tsvector('simple', guides_search_words(names)), 'B')
        || setweight(to_tsvector('simple', guides_search_words(content)), 'D')""",
    "CREATE INDEX guides_search ON guides_searchentry USING gin (guides_search_vector(title, names, text))",
)
UNDO_SQLITE = (
    "DROP TRIGGER guides_search_insert",
    "DROP TRIGGER guides_search_delete",
    "DROP TRIGGER guides_search_update",
    "DROP TABLE guides_search",
)
UNDO_POSTGRESQL = (
    "DROP INDEX guides_search",
    "DROP FUNCTION guides_search_vector",
    "DROP FUNCTION guides_search_words",
)


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNDO_POSTGRESQL if editor.connection.vendor == "postgresql" else UNDO_SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("guides", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
