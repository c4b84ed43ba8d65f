"""What an operator does with a registry from the command line; loaded once its Django is set up."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from waitress import serve as waitress

from peer_xblocks.programme import ProgrammeRefused
from peer_xblocks.registry import accounts, demo, ledger, names, senders, tracks
from peer_xblocks.registry.ledger import Break
from peer_xblocks.registry.models import Entry, Line, Payload, Practitioner
from peer_xblocks.registry.roles import Role
from peer_xblocks.registry.wsgi import application
from peer_xblocks.wire.keys import KeyRefused

# Nothing that the site takes is larger; what is, never reaches it.
MOST_BYTES = 1024 * 1024
_VARIABLES = {"KEY": "PEER_REGISTRY_KEY", "VAULT_KEYS": "PEER_REGISTRY_VAULT_KEYS"}


def missing() -> list[str]:
    """The variables that a registry cannot run without, and that are not set or no keys."""
    found = ["PEER_REGISTRY_SECRET"] if settings.UNCONFIGURED else []
    found += [variable for name, variable in _VARIABLES.items() if not settings.PEER_REGISTRY[name]]
    if not found:
        try:
            senders.receipt_keys()
        except KeyRefused:
            found.append("PEER_REGISTRY_KEY (a whsk_ key) and PEER_REGISTRY_OLD_KEYS (whpk_ keys)")
        try:
            senders.senders()
        except (ValueError, AttributeError):
            found.append("PEER_REGISTRY_SENDERS (JSON: {site: [whpk_ keys]})")
        try:
            tracks.rules()
        except ProgrammeRefused:
            found.append("PEER_REGISTRY_PROGRAMME (alabama, or the path of a programme file)")
    return found


def behind() -> bool:
    """Whether the database lacks a migration."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Brings the database up to date."""
    call_command("migrate", interactive=False, verbosity=0)


def serve(host: str, port: int, threads: int) -> None:
    """Serves until it is stopped."""
    connection.close()
    waitress(
        application,
        host=host,
        port=port,
        threads=threads,
        max_request_body_size=MOST_BYTES,
        # Idle connections are held open by many clients; a full house would keep the next one waiting.
        connection_limit=1000,
        asyncore_use_poll=True,
        channel_timeout=60,
        ident=None,
        clear_untrusted_proxy_headers=True,
        **_proxy(),
    )


def _proxy() -> dict[str, object]:
    """Believes what the proxy that is named says about the client, and nobody else."""
    trusted = settings.PEER_REGISTRY["PROXY"]
    if not trusted:
        return {}
    return {"trusted_proxy": trusted, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}


def first_break() -> Break | None:
    """The first line of the ledger that does not prove itself."""
    return ledger.first_break(senders.receipt_keys())


def lines() -> int:
    """How many lines the ledger has."""
    return Line.objects.count()


def renew() -> int:
    """Seals everything personal under the newest vault key and indexes names anew; answers how many rows."""
    done = 0
    for model, column in ((Payload, "body"), (Practitioner, "name"), (Entry, "name")):
        for pk in model.objects.order_by("pk").values_list("pk", flat=True):
            with ledger.writing():
                row = model.objects.get(pk=pk)
                model.objects.filter(pk=pk).update(**{column: getattr(row, column)})
                if column == "name":
                    names.index(row)
            done += 1
    return done


def demonstration() -> bool:
    """Whether this registry is one."""
    return bool(settings.PEER_REGISTRY["DEMO"])


def seed(password: str) -> list[str]:
    """Makes the made-up people; answers the account names it made."""
    return [each.username for each in demo.seed(password)]


def make_account(username: str, role: str, password: str, name: str, record: str) -> None:
    """Makes an account."""
    accounts.make(username, Role(role), password, name=name, record=record)
