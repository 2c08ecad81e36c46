-- Erases a person, whatever they are doing at this moment; 0 if a write disagrees (writes.lua).
-- KEYS: dead, then two of each write, then the person's keys
-- ARGV: ordering key of the person, number of writes, then five of each write
local writes = tonumber(ARGV[2])
if not writes_agree(writes, 2, 3) then
  return 0
end
forget(1, 2 + 2 * writes, ARGV[1])
write_all(writes, 2, 3)
return 1
