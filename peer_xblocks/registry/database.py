"""Which database the registry writes to: an address such as `postgres://user:word@host/name` as Django's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db.backends.signals import connection_created

ENGINES = {
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
    "mysql": "django.db.backends.mysql",
    "mariadb": "django.db.backends.mysql",
    "sqlite": "django.db.backends.sqlite3",
}
# How long one request waits for another's lock before the sender hears 503 and comes again.
WAIT = 10


def database(address: str) -> dict[str, Any]:
    """Django's settings for `address`; ValueError for a kind of database that is not known here.

    `?wait=` at its end says how many seconds one request waits for another's lock; else `WAIT`.
    """
    parts = urlsplit(address)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    wait = int(options.pop("wait", WAIT))
    if parts.scheme not in ENGINES:
        raise ValueError("PEER_REGISTRY_DATABASE starts with sqlite:, postgres:// or mysql://; correct the address.")
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path), wait)
    made: dict[str, Any] = {
        "ENGINE": ENGINES[parts.scheme],
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
    if ENGINES[parts.scheme].endswith("mysql"):
        _pure_python_mysql()
        made["OPTIONS"] |= {
            "charset": "utf8mb4",
            "isolation_level": "read committed",
            "init_command": f"SET innodb_lock_wait_timeout={wait}",
        }
        made["TEST"] = {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_bin"}
    else:
        made["OPTIONS"]["options"] = f"-c lock_timeout={wait}s"
    return made


def _sqlite(path: str, wait: int) -> dict[str, Any]:
    return {
        "ENGINE": ENGINES["sqlite"],
        "NAME": path or ":memory:",
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": wait},
    }


def _pure_python_mysql() -> None:
    """Stands PyMySQL in for mysqlclient, where that is not installed."""
    try:
        import MySQLdb  # noqa: F401, PLC0415
    except ImportError:
        import pymysql  # noqa: PLC0415

        pymysql.version_info = (2, 2, 1, "final", 0)
        pymysql.install_as_MySQLdb()


def keep_every_commit(sender: object, connection: Any, **_: object) -> None:
    """SQLite in WAL mode that reaches the disk at each commit: an acknowledged report outlives a power cut."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")


def listen() -> None:
    """Sets up each new connection; called once by the app."""
    connection_created.connect(keep_every_commit, dispatch_uid="peer_registry.database")
