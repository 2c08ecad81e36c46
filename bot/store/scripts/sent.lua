-- Ends the sending of an effect; tells the server's time in milliseconds.
-- Not fenced: what was sent was sent, whoever owns the shard by now. Safe to repeat: what follows
-- and what is counted happens with the entry's removal, once.
-- KEYS: 1 outbox stream, 2 sent map of the week, 3 blocked, 4 counts, 5..4+f the stream of each
--       entry that follows, then two of each write (writes.lua)
-- ARGV: 1 the ids of the entries that ended together, 2 ref ('' for none), 3 message id, 4 the map's TTL, 5 blocked ('1' sets),
--       6 its TTL, 7 count ('' for none), 8 its TTL, 9 number of entries f, 10 number of writes,
--       five of each write, then for each entry: number of values, names and values in turn
local ended = {}
for id in string.gmatch(ARGV[1], '%S+') do
  ended[#ended + 1] = id
end
local first_time = redis.call('XDEL', KEYS[1], unpack(ended)) > 0
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[2], 'ref:' .. ARGV[2], ARGV[3], 'message:' .. ARGV[3], ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[4])
end
if ARGV[5] == '1' then
  redis.call('SET', KEYS[3], '1', 'EX', ARGV[6])
end
local follow, writes = tonumber(ARGV[9]), tonumber(ARGV[10])
write_all(writes, 5 + follow, 11)
if first_time then
  if ARGV[7] ~= '' then
    redis.call('HINCRBY', KEYS[4], ARGV[7], 1)
    redis.call('EXPIRE', KEYS[4], ARGV[8])
  end
  local at = 11 + 5 * writes
  for i = 1, follow do
    local values = tonumber(ARGV[at])
    redis.call('XADD', KEYS[4 + i], '*', unpack(ARGV, at + 1, at + values))
    at = at + values + 1
  end
end
local now = redis.call('TIME')
return now[1] * 1000 + math.floor(now[2] / 1000)
