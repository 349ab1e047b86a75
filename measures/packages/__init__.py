"""Klyngepakker: read from one checked TOML file each, told what is wrong with them, written again."""
