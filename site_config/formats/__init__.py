"""How each language writes dates; read by Django at FORMAT_MODULE_PATH."""
