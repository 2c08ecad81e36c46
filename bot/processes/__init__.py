"""What runs beside the bot: the embedded store, the classifier, and the runner of them all."""
