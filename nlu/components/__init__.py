"""Our graph components: the steps from a text to its intent, language, places and urgency.

They share ``bot.language`` with the bot, so the repository's root has to be importable, from
wherever Rasa's own commands are run.
"""

import sys

from components.project import ROOT

if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))
