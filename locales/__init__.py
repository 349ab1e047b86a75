"""Texts in the reader's language: English sentences in the code, Danish in catalogues beside this file."""

from locales.texts import LANGUAGES, N_, Texts, texts_for

__all__ = ["LANGUAGES", "N_", "Texts", "texts_for"]
