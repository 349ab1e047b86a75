"""What people write and drop."""

from handlers.conversation import conversation, files, lists, second_thoughts, understanding
from handlers.feature import gather

feature = gather([conversation.feature, files.feature, lists.feature, second_thoughts.feature, understanding.feature])
