"""The migrant's side: what happens in a private chat, as far as it concerns a case."""
