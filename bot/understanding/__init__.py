"""What a message means: the danger lexicon, plain-word commands, places, and the classifier."""
