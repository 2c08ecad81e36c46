-- Ends the sending of an effect; tells the server's time in milliseconds.
-- Not fenced: what was sent was sent, whoever owns the shard by now.
-- KEYS: outbox stream, sent map of the week, blocked, counts
-- ARGV: 1 entry id, 2 ref ('' for none), 3 message id, 4 the map's TTL, 5 blocked ('1' sets),
--       6 its TTL, 7 count ('' for none), 8 its TTL
redis.call('XDEL', KEYS[1], ARGV[1])
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[2], 'ref:' .. ARGV[2], ARGV[3], 'message:' .. ARGV[3], ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[4])
end
if ARGV[5] == '1' then
  redis.call('SET', KEYS[3], '1', 'EX', ARGV[6])
end
if ARGV[7] ~= '' then
  redis.call('HINCRBY', KEYS[4], ARGV[7], 1)
  redis.call('EXPIRE', KEYS[4], ARGV[8])
end
local now = redis.call('TIME')
return now[1] * 1000 + math.floor(now[2] / 1000)
