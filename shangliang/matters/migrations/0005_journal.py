"""The seal of every entry, the hand that wrote a draft, and the guards of the journal."""

from django.db import migrations, models

from shangliang.matters import guards


def put_up(apps, schema_editor):
    guards.put_up(schema_editor.connection)


def lift(apps, schema_editor):
    guards.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("matters", "0004_imports")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="seal",
            field=models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="draft",
            name="hand",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.RunPython(put_up, lift),
    ]
