"""The texts a search finds matters by, and the engine's own index over them."""

import django.db.models.deletion
from django.db import migrations, models

from shangliang.matters.search.engines import engine


def build(apps, schema_editor):
    for statement in engine(schema_editor.connection.vendor).build():
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in engine(schema_editor.connection.vendor).drop():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_clocks")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_row",
                        serialize=False,
                        to="matters.matter",
                    ),
                ),
                ("title", models.TextField()),
                ("body", models.TextField()),
                ("category", models.CharField(blank=True, max_length=30)),
            ],
        ),
        migrations.RunPython(build, drop),
    ]
