"""Cases: the state machine between a migrant and the staff. No Telegram, no Redis, no clock."""
