"""The catalogue as files, and back.

schema         the shape of a row; json_schema publishes it
yaml_document  one file as rows with their lines; catalogue: all files
placed         where in a file something stands; problem: what is wrong there
rules          what one row must keep; references: rows together; identity: which stored row
former_names   what names mean that were given up in a merge
load           the whole way in: loading, columns, table_write, prune, summary, database_words
dump           the whole way out: content, rows, written_files, directory
logo_files     logos beside them
revisions      the history; snapshot: an entry as it stands; apply: bringing one to a content

table_kind     the kinds of entries that have tables; flat_rows: a row's fields as columns, and back
row_file       a table or list as entries: entry, table_read, row_list
row_check      what each entry would do; row_load: doing exactly that
table_file     entries as a table or list again
"""
