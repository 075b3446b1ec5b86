from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("companies", "0009_search")]

    operations = [
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["subject", "name"], name="revision_of_name"),
        ),
    ]
