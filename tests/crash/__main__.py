"""``python -m tests.crash --trials 20`` (``make crash TRIALS=20``)."""

from tests.crash.trials import main

main()
