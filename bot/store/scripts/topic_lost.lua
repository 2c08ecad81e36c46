-- Forgets a topic that the staff deleted. If it was where the case is, the next one is told to it.
-- KEYS: 1 topic of the case, 2 case of the thread      ARGV: 1 group, 2 thread
if redis.call('HGET', KEYS[1], 'at:' .. ARGV[1]) ~= ARGV[2] then
  return 0
end
redis.call('HDEL', KEYS[1], 'at:' .. ARGV[1])
if redis.call('HGET', KEYS[1], 'group') == ARGV[1] then
  redis.call('HDEL', KEYS[1], 'thread', 'card', 'shown', 'titled')
  redis.call('HSET', KEYS[1], 'lost:' .. ARGV[1], '1')
end
redis.call('DEL', KEYS[2])
return 1
