from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("companies", "0007_import_run")]

    operations = [
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["company_id"], name="revision_of_company"),
        ),
    ]
