-- Takes a wording of a new question off its day; tells whether it was there. What the staff say of
-- the question goes with its last wording of the day.
-- KEYS: 1 the day's hash      ARGV: 1 question, 2 digest of the wording
local gone = redis.call('HDEL', KEYS[1], ARGV[1] .. '.' .. ARGV[2])
local prefix = ARGV[1] .. '.'
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, #prefix) == prefix then
    return gone
  end
end
redis.call('HDEL', KEYS[1], ARGV[1])
return gone
