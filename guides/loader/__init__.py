"""The only code that opens content files: files → YAML with positions → schema → checks → prose → rows."""
