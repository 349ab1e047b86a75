"""Intervals, change, funnels and series: numbers in, numbers out."""
