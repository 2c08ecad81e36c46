"""The training phrases under ``nlu_data/``: read, and looked through for what would mislead."""
