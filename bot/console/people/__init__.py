"""Who is on the staff, what they may do, and who changed what."""
