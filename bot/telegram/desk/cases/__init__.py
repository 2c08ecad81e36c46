"""What both sides do with a case: read and move it, and keep it where somebody can see it."""
