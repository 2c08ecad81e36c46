"""The centres and hotlines: who is in the file, how they are edited, whose number is wrong."""
