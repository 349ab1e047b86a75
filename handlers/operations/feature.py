"""What the program itself has to tell."""

from handlers.operations import news

feature = news.feature
