import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0002_search_index")]

    operations = [
        migrations.CreateModel(
            name="Keep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("document", models.TextField(editable=False)),
                ("created_on", models.DateField()),
                ("visited_on", models.DateField(db_index=True)),
            ],
            options={"ordering": ("-visited_on",)},
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("nonce", models.CharField(editable=False, max_length=32)),
                ("plan_ids", models.JSONField(default=list)),
                ("shows_notes", models.BooleanField(default=False, verbose_name="shows notes and evidence")),
                ("created_on", models.DateField()),
                (
                    "keep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="share_links", to="guides.keep"
                    ),
                ),
            ],
            options={"ordering": ("-pk",)},
        ),
    ]
