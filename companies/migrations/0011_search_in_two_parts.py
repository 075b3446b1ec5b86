from django.db import migrations

# Claims apart from companies and technologies, each part with an index and statistics of its own.
# Together, a word of every other claim and of no company was looked for in every company first,
# because the planner takes matches to be spread evenly: docs/decisions/0018.
COLUMNS = """
    rowid bigint PRIMARY KEY,
    names text NOT NULL, links text NOT NULL, text text NOT NULL, marks text NOT NULL,
    vector tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', names), 'A') ||
        setweight(to_tsvector('simple', links), 'B') ||
        setweight(to_tsvector('simple', text), 'C') ||
        array_to_tsvector(string_to_array(marks, ' '))) STORED
"""
# companies.search.rowids numbers claims from here on.
FIRST_CLAIM = 2 << 40
PARTS = {
    'searchdocument_entries': f'FROM (MINVALUE) TO ({FIRST_CLAIM})',
    'searchdocument_claims': f'FROM ({FIRST_CLAIM}) TO (MAXVALUE)',
}


def part(apps, schema_editor):
    tables = [f'CREATE TABLE companies_searchdocument ({COLUMNS}) PARTITION BY RANGE (rowid)']
    for name, numbers in PARTS.items():
        tables.append(
            f'CREATE TABLE companies_{name} PARTITION OF companies_searchdocument '
            f'FOR VALUES {numbers}'
        )
    make_anew(schema_editor, tables, PARTS)


def join(apps, schema_editor):
    tables = [f'CREATE TABLE companies_searchdocument ({COLUMNS})']
    make_anew(schema_editor, tables, ['searchdocument'])


def make_anew(schema_editor, tables, indexed):
    if schema_editor.connection.vendor != 'postgresql':
        return
    columns = 'rowid, names, links, text, marks'
    indexes = []
    for name in indexed:
        indexes += [
            f'ALTER TABLE companies_{name} ALTER COLUMN vector SET STATISTICS 1000',
            f'CREATE INDEX {name}_vector ON companies_{name} '
            'USING gin (vector) WITH (fastupdate = off)',
        ]
    for statement in (
        'ALTER TABLE companies_searchdocument RENAME TO searchdocument_before',
        # Names of indexes are the schema's, not the table's.
        'ALTER INDEX companies_searchdocument_pkey RENAME TO searchdocument_before_pkey',
        *tables,
        f'INSERT INTO companies_searchdocument ({columns}) '
        f'SELECT {columns} FROM searchdocument_before',
        'DROP TABLE searchdocument_before',
        *indexes,
        'ANALYZE companies_searchdocument',
    ):
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0010_revision_of_name'),
    ]

    operations = [
        migrations.RunPython(part, join),
    ]
