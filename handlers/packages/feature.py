"""What can be measured."""

from handlers.packages import own_packages

feature = own_packages.feature
