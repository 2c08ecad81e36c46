-- Writes outside a turn: all of it, or (0) nothing.
-- KEYS, ARGV: of the writes, see writes.lua
local count = #KEYS / 2
if not writes_agree(count, 1, 1) then
  return 0
end
write_all(count, 1, 1)
return 1
