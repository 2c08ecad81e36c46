-- Agrees on the number of shards. It changes only when nothing runs and nothing waits: entries in a
-- shard that no longer exists would never be read, and a chat's order would be torn.
-- KEYS: shards, processes of the inbox, processes of the outbox
-- ARGV: wanted number, prefix of the inbox streams, prefix of the outbox streams
local stored, wanted = tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(ARGV[1])
if stored == wanted then
  return stored
end
local ms = redis.call('TIME')[1] * 1000
if stored > 0 then
  if redis.call('ZCOUNT', KEYS[2], ms, '+inf') + redis.call('ZCOUNT', KEYS[3], ms, '+inf') > 0 then
    return stored
  end
  for shard = 0, stored - 1 do
    if redis.call('XLEN', ARGV[2] .. shard) + redis.call('XLEN', ARGV[3] .. shard) > 0 then
      return stored
    end
  end
end
redis.call('SET', KEYS[1], wanted)
return wanted
