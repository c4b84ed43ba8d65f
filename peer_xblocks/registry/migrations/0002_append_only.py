"""What may only grow refuses UPDATE and DELETE in the database itself."""

from django.db import migrations

from peer_xblocks.registry import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, triggers.FIRST)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, triggers.FIRST)


class Migration(migrations.Migration):
    dependencies = [("peer_registry", "0001_initial")]

    operations = [
        migrations.RunPython(install, remove),
    ]
