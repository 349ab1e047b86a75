"""What people write and drop."""

from handlers.conversation import conversation, files, second_thoughts, understanding
from handlers.feature import gather

feature = gather([conversation.feature, files.feature, second_thoughts.feature, understanding.feature])
