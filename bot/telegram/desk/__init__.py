"""The staff desk: cases between a migrant's private chat and the topics of staff groups."""
