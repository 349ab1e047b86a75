"""Pure counting and drawing: bytes, tables and numbers in; values, findings and pictures out.

Knows no Slack, no database, no clock and no language catalogue: texts are made with a translator that is passed in.
"""
