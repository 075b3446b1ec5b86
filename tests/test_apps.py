import threading

import pytest
from django.db import connection


def jit():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL compiles queries")
def test_no_connection_has_its_queries_compiled():
    connection.close()
    assert jit() == "off"
    said = []

    def ask():
        said.append(jit())
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert said == ["off"]
