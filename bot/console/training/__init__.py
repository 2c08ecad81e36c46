"""Teaching the classifier: new phrases, training, comparing, putting into service. No web."""
