"""Measurements: ``make bench`` runs them all and writes docs/performance.md. Read the ratios, not the seconds."""
