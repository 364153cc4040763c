"""The site against what an attacker or an accident would do. docs/security.md says which figure each module reaches.

`make test` runs every kind of attack in a few examples; `make hostile` runs all examples, and those attacks that take
minutes or measure time.
"""
