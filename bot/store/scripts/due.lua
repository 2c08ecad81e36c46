-- Moves timers that have ended to the inbox, each once. A timer that is gone or was put off since it
-- was read stays as it is.
-- KEYS: timers, then for each timer the inbox stream of its chat
-- ARGV: now in ms, then for each timer: member, ordering key, payload
-- Returns: how many were moved
local moved = 0
for i = 1, #KEYS - 1 do
  local at = 3 * i - 1
  local ends = redis.call('ZSCORE', KEYS[1], ARGV[at])
  if ends and tonumber(ends) <= tonumber(ARGV[1]) then
    redis.call('ZREM', KEYS[1], ARGV[at])
    redis.call('XADD', KEYS[1 + i], '*', 'key', ARGV[at + 1], 'data', ARGV[at + 2], 'signal', '1')
    moved = moved + 1
  end
end
return moved
