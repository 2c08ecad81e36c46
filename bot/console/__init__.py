"""The counsellors' web console: keep the answers true, teach the bot, see what people need."""
