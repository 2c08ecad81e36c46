-- Erases a person: KEYS from `first` on are about them only; KEYS[dead] holds updates of anyone.
local function forget(dead, first, chat)
  for i = first, #KEYS do
    redis.call('DEL', KEYS[i])
  end
  for _, entry in ipairs(redis.call('XRANGE', KEYS[dead], '-', '+')) do
    local fields = entry[2]
    for i = 1, #fields, 2 do
      if fields[i] == 'key' and fields[i + 1] == chat then
        redis.call('XDEL', KEYS[dead], entry[1])
      end
    end
  end
end
