"""Files for translators to bytes and back; the only place that knows openpyxl and polib."""
