"""The staff's side: what its members do in a group, and what they are told."""
