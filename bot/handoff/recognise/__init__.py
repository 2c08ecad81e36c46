"""What identifies a person in a text: numbers, accounts, addresses. Pure."""
