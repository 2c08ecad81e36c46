"""Languages and scripts: tags, folding, transliteration, place names, identification.

Pure standard library, Python 3.10 and later: the one package that the bot and the Rasa
components under ``nlu/`` share. It imports nothing else of this project.
"""
