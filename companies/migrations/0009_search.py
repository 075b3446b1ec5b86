from django.db import migrations, models

# An own small table each, not an index of the catalogue's tables: docs/decisions/0018.
SQLITE = (
    """
    CREATE VIRTUAL TABLE companies_searchdocument USING fts5(
        names, links, text, marks, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'")
    """,
    """
    CREATE VIRTUAL TABLE companies_searchname USING fts5(
        name UNINDEXED, words, trigrams, prefix = '1 2 3',
        tokenize = "unicode61 remove_diacritics 0")
    """,
    "CREATE VIRTUAL TABLE companies_searchtrigram USING fts5vocab(companies_searchname, col)",
)
POSTGRESQL = (
    # Needs no superuser. It stays when the tables go: others may use it by then. Django's own
    # operation asks SQLite for it on the way back.
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    """
    CREATE TABLE companies_searchdocument (
        rowid bigint PRIMARY KEY,
        names text NOT NULL, links text NOT NULL, text text NOT NULL, marks text NOT NULL,
        vector tsvector NOT NULL GENERATED ALWAYS AS (
            setweight(to_tsvector('simple', names), 'A') ||
            setweight(to_tsvector('simple', links), 'B') ||
            setweight(to_tsvector('simple', text), 'C') ||
            array_to_tsvector(string_to_array(marks, ' '))) STORED)
    """,
    # What is in the list of changes that GIN keeps beside the index is read by every search.
    """
    CREATE INDEX searchdocument_vector ON companies_searchdocument
    USING gin (vector) WITH (fastupdate = off)
    """,
    # So that the planner knows how common even a word of every thousandth entry is, and takes
    # either the index or the entries one after another.
    "ALTER TABLE companies_searchdocument ALTER COLUMN vector SET STATISTICS 1000",
    """
    CREATE TABLE companies_searchname (
        rowid bigint PRIMARY KEY,
        name text NOT NULL, words text NOT NULL, trigrams text NOT NULL,
        vector tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED)
    """,
    "CREATE INDEX searchname_vector ON companies_searchname USING gin (vector)",
    "CREATE INDEX searchname_trigrams ON companies_searchname USING gin (words gin_trgm_ops)",
)
TABLES = ('companies_searchtrigram', 'companies_searchname', 'companies_searchdocument')


def make(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == 'sqlite' else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f'DROP TABLE IF EXISTS {table}')


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0008_revision_of_company'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, drop)],
            state_operations=[
                migrations.CreateModel(
                    name='SearchDocument',
                    fields=[
                        ('rowid', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('names', models.TextField()),
                        ('links', models.TextField()),
                        ('text', models.TextField()),
                        ('marks', models.TextField()),
                    ],
                    options={'default_permissions': ()},
                ),
                migrations.CreateModel(
                    name='SearchName',
                    fields=[
                        ('rowid', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('name', models.TextField()),
                        ('words', models.TextField()),
                        ('trigrams', models.TextField()),
                    ],
                    options={'default_permissions': ()},
                ),
            ],
        ),
    ]
