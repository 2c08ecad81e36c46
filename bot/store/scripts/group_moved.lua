-- A group has a new id: what is kept under the old one is found under the new one.
-- KEYS: alias of the old id, then for each key its old and its new name      ARGV: the new id
redis.call('SET', KEYS[1], ARGV[1])
for i = 2, #KEYS, 2 do
  if redis.call('EXISTS', KEYS[i]) == 1 then
    redis.call('RENAMENX', KEYS[i], KEYS[i + 1])
  end
end
return 1
