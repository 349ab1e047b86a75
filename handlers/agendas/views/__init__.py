"""Agendas as they are seen."""
