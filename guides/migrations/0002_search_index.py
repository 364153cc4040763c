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
POSTGRESQL = (
    """CREATE INDEX guides_search ON guides_searchentry USING gin ((
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', names), 'B')
        || setweight(to_tsvector('simple', text), 'D')))""",
)
UNDO_SQLITE = (
    "DROP TRIGGER guides_search_insert",
    "DROP TRIGGER guides_search_delete",
    "DROP TRIGGER guides_search_update",
    "DROP TABLE guides_search",
)
UNDO_POSTGRESQL = ("DROP INDEX guides_search",)


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNDO_POSTGRESQL if editor.connection.vendor == "postgresql" else UNDO_SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("guides", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
