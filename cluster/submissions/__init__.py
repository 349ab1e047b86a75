"""Answers of practices: kept as versions, doubted, confirmed, objected to."""
