-- Writes updates to the inbox, each once. All are written or none: Redis refuses a script that would
-- grow a full memory only at its first write.
-- KEYS: for each update: seen, stream
-- ARGV: seconds to remember an id, then for each update: ordering key, payload
-- Returns: for each update, 1 if it was written, 0 if it had been before
local written = {}
for i = 1, #KEYS / 2 do
  if redis.call('SET', KEYS[2 * i - 1], '1', 'NX', 'EX', ARGV[1]) then
    redis.call('XADD', KEYS[2 * i], '*', 'key', ARGV[2 * i], 'data', ARGV[2 * i + 1])
    written[i] = 1
  else
    written[i] = 0
  end
end
return written
