"""Journeys of visitors through the interactive tools, each made in three ways; docs/journeys.md lists them."""
