-- One beat of a process: it is alive, renews what it owns, learns its fair share, takes what is free.
-- KEYS: processes, fence, then the lease of each shard
-- ARGV: process, lease time in ms, '1' to take free shards, then for each shard the token or ''
-- Returns: fair share, shards lost, shards gained and their tokens (two lists in step)
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local ttl, shards = tonumber(ARGV[2]), #KEYS - 2
redis.call('ZADD', KEYS[1], ms + ttl, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ms)
redis.call('PEXPIRE', KEYS[1], 2 * ttl)
local fair = math.ceil(shards / redis.call('ZCARD', KEYS[1]))
local held, lost, gained, tokens = 0, {}, {}, {}
for i = 1, shards do
  local token = ARGV[3 + i]
  if token ~= '' then
    if redis.call('GET', KEYS[2 + i]) == token then
      redis.call('PEXPIRE', KEYS[2 + i], ttl)
      held = held + 1
    else
      lost[#lost + 1] = i - 1
    end
  end
end
for i = 1, shards do
  if ARGV[3] == '1' and held < fair and redis.call('EXISTS', KEYS[2 + i]) == 0 then
    local token = ARGV[1] .. ':' .. redis.call('INCR', KEYS[2])
    redis.call('SET', KEYS[2 + i], token, 'PX', ttl)
    held = held + 1
    gained[#gained + 1] = i - 1
    tokens[#tokens + 1] = token
  end
end
return {fair, lost, gained, tokens}
