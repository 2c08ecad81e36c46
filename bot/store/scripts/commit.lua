-- Ends a turn: all of it, or nothing.
-- KEYS: 1 lease, 2 inbox stream, 3 attempts, 4 counts, 5 session, 6 blocked, 7 dead,
--       8..7+n the stream of each effect, then two of each write (writes.lua),
--       then the person's keys (if they are forgotten)
-- ARGV: 1 lease token, 2 entry id, 3 session as it was read, 4 session to write ('' deletes it),
--       5 its TTL, 6 blocked ('1' sets, '0' clears, '' leaves), 7 its TTL, 8 counts' TTL,
--       9 what became of the conversation: 'kept', 'forgotten', or 'none' if there is none,
--       10 ordering key, 11 '1' sets the entry aside, 12 dead's TTL, 13 dead's length,
--       14 number of counts, 15 number of effects n, 16 number of writes, then the counts,
--       then for each effect: ordering key, payload, id, time received, then five of each write
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  if redis.call('HEXISTS', KEYS[3], ARGV[2]) == 1 then
    redis.call('HINCRBY', KEYS[3], ARGV[2], -1) -- it did not die in this turn
  end
  return 'lost_lease'
end
local entry = redis.call('XRANGE', KEYS[2], ARGV[2], ARGV[2])[1]
if not entry then
  return 'already'
end
local conversation = ARGV[9] ~= 'none'
if conversation and (redis.call('GET', KEYS[5]) or '') ~= ARGV[3] then
  return 'conflict'
end
local counts, effects, writes = tonumber(ARGV[14]), tonumber(ARGV[15]), tonumber(ARGV[16])
local first_write = 17 + counts + 4 * effects
if not writes_agree(writes, 8 + effects, first_write) then
  return 'conflict'
end
-- The first write frees memory: Redis refuses a script that would grow a full memory only at its
-- first write, so a turn can always end.
redis.call('XDEL', KEYS[2], ARGV[2])
redis.call('HDEL', KEYS[3], ARGV[2])
if ARGV[11] == '1' then
  redis.call('XADD', KEYS[7], 'MAXLEN', ARGV[13], '*', unpack(entry[2]))
  redis.call('EXPIRE', KEYS[7], ARGV[12])
  -- EXPIRE begins anew with every entry, but each is to be kept for its own time only.
  local oldest = (tonumber(redis.call('TIME')[1]) - tonumber(ARGV[12])) * 1000
  redis.call('XTRIM', KEYS[7], 'MINID', string.format('%d', oldest))
end
if ARGV[9] == 'forgotten' then
  forget(7, 8 + effects + 2 * writes, ARGV[10])
end
if conversation then
  if ARGV[4] == '' then
    redis.call('DEL', KEYS[5])
  else
    redis.call('SET', KEYS[5], ARGV[4], 'EX', ARGV[5])
  end
  if ARGV[6] == '1' then
    redis.call('SET', KEYS[6], '1', 'EX', ARGV[7])
  elseif ARGV[6] == '0' then
    redis.call('DEL', KEYS[6])
  end
end
write_all(writes, 8 + effects, first_write)
for i = 17, 16 + counts do
  redis.call('HINCRBY', KEYS[4], ARGV[i], 1)
end
if counts > 0 then
  redis.call('EXPIRE', KEYS[4], ARGV[8])
end
for i = 1, effects do
  local at = 17 + counts + 4 * (i - 1)
  redis.call('XADD', KEYS[7 + i], '*', 'key', ARGV[at], 'data', ARGV[at + 1],
    'effect', ARGV[at + 2], 'received', ARGV[at + 3])
end
return 'committed'
