"""Credentials, which only grow as well."""

import django.db.models.deletion
import peer_xblocks.registry.models
from django.conf import settings
from django.db import migrations, models

from peer_xblocks.registry import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, triggers.CREDENTIAL)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, triggers.CREDENTIAL)


class Migration(migrations.Migration):

    dependencies = [
        ('peer_registry', '0003_digests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('track', models.CharField(help_text="The programme's code of the track.", max_length=16)),
                ('number', models.CharField(max_length=24, unique=True)),
                ('certified_on', models.DateField()),
                ('live', models.BooleanField(help_text='False for a demonstration, which certifies nobody.')),
                ('at', models.DateTimeField(default=peer_xblocks.registry.models.moment)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='credential', to='peer_registry.entry')),
                ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='peer_registry.practitioner')),
            ],
        ),
        migrations.RunPython(install, remove),
    ]
