"""Lines go out to translators and come back; the version before is kept."""
