-- Sets a field of a day's new questions if it is there; what has gone does not come back.
-- KEYS: 1 the day's hash      ARGV: 1 field, 2 value
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
