-- Notes the topic of a case in a group, unless another process noted one first.
-- KEYS: 1 topic of the case, 2 its map, 3 case of the thread, 4 inbox stream of the migrant, 5 case
-- ARGV: 1 group, 2 thread, 3 case, 4 the thread that it replaces ('' for none),
--       5 the migrant's chat, 6 signal that the topic was made anew
-- Returns: the thread that is noted now; '0' if the case is gone
local life = redis.call('PTTL', KEYS[5])
if life == -2 then
  return '0'
end
local at, lost = 'at:' .. ARGV[1], 'lost:' .. ARGV[1]
local there = redis.call('HGET', KEYS[1], at)
if there and there ~= ARGV[4] then
  return there
end
-- The same number names another message in another group: the map keeps the private chat's only.
local before = redis.call('HGET', KEYS[1], 'group')
if before and before ~= ARGV[1] then
  local map, gone = redis.call('HGETALL', KEYS[2]), {}
  for i = 1, #map, 2 do
    local name, value = map[i], map[i + 1]
    if string.match(name, '^bundle:%d+$') then
      gone[#gone + 1] = name
    elseif string.match(name, '^g%d+$') then
      gone[#gone + 1] = name
      gone[#gone + 1] = 'ref:' .. value
    elseif string.match(name, '^p%d+$') and string.match(value, '^g%d+$') then
      gone[#gone + 1] = name
      gone[#gone + 1] = 'ref:' .. value
    end
  end
  for i = 1, #gone do
    redis.call('HDEL', KEYS[2], gone[i])
  end
end
redis.call('HDEL', KEYS[2], 'ref:card')
redis.call('HDEL', KEYS[1], 'card', 'shown', 'titled')
redis.call('HSET', KEYS[1], 'group', ARGV[1], 'thread', ARGV[2], at, ARGV[2])
redis.call('SET', KEYS[3], ARGV[3])
if life > 0 then
  redis.call('PEXPIRE', KEYS[1], life)
  redis.call('PEXPIRE', KEYS[3], life)
end
if redis.call('HDEL', KEYS[1], lost) == 1 then
  redis.call('XADD', KEYS[4], '*', 'key', ARGV[5], 'data', ARGV[6], 'signal', '1')
end
return ARGV[2]
