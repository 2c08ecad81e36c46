-- Counts a report of a wrong number, once for each chat, centre and day.
-- KEYS: 1 what tells that it was counted, 2 the day's reports
-- ARGV: 1 the centre, 2 TTL of the first key, 3 TTL of the second
if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[2]) then
  return 0
end
redis.call('HINCRBY', KEYS[2], ARGV[1], 1)
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
