-- Writes of bot/store/writes.py. Each has two KEYS (its own; the one it lives as long as, or '') and
-- five ARGV (what it is, then its values); `key` and `arg` are where the first one's begin.
local function writes_agree(count, key, arg)
  for i = 0, count - 1 do
    local at = arg + 5 * i
    if ARGV[at] == 'put' and ARGV[at + 3] == '1'
        and (redis.call('GET', KEYS[key + 2 * i]) or '') ~= ARGV[at + 4] then
      return false
    end
  end
  return true
end

local function live(key, seconds, milliseconds)
  if milliseconds then
    if milliseconds > 0 then
      redis.call('PEXPIRE', key, milliseconds)
    end
  elseif seconds ~= '0' then
    redis.call('EXPIRE', key, seconds)
  end
end

-- `life`: the milliseconds that another key has left, if it lives as long as that one.
local function write_one(key, at, life)
  local what, a, b, c, d = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4]
  if what == 'put' then
    if a == '' then
      redis.call('DEL', key)
    else
      redis.call('SET', key, a)
      live(key, b, life)
    end
  elseif what == 'append' then
    redis.call('RPUSH', key, a)
    redis.call('LTRIM', key, -tonumber(c), -1)
    live(key, b, life)
  elseif what == 'rank' then
    if b == '' then
      redis.call('ZREM', key, a)
    else
      redis.call('ZADD', key, b, a)
      live(key, c, life)
    end
  elseif what == 'lapse' then
    redis.call('ZREMRANGEBYSCORE', key, '-inf', a)
    local last = redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')[2]
    if last then
      redis.call('PEXPIRE', key, string.format('%d', tonumber(last) - tonumber(a)))
    end
  elseif what == 'field' then
    if b == '' then
      redis.call('HDEL', key, a)
    else
      redis.call('HSET', key, a, b)
      live(key, c, life)
    end
  elseif what == 'add' then
    redis.call('HINCRBY', key, a, b)
    live(key, c, life)
  elseif what == 'add_ones' then
    local full = redis.call('HLEN', key) >= tonumber(c)
    for name in string.gmatch(a, '[^\n]+') do
      if not full or redis.call('HEXISTS', key, name) == 1 then
        redis.call('HINCRBY', key, name, 1)
      end
    end
    live(key, b, life)
  elseif what == 'distinct' then
    redis.call('PFADD', key, a)
    live(key, b, life)
  elseif what == 'enter' or what == 'enter_once' then
    -- Two fields of each document: itself, and how often it came.
    local known = redis.call('HEXISTS', key, a) == 1
    if not known and redis.call('HLEN', key) < 2 * tonumber(d) then
      redis.call('HSET', key, a, b, '#' .. a, 1)
      live(key, c, life)
    elseif known and what == 'enter' then
      redis.call('HINCRBY', key, '#' .. a, 1)
      live(key, c, life)
    end
  elseif what == 'expire' then
    if a == '0' then
      redis.call('DEL', key)
    else
      redis.call('EXPIRE', key, a)
    end
  end
end

local function write_all(count, key, arg)
  for i = 0, count - 1 do
    if KEYS[key + 2 * i + 1] == '' then
      write_one(KEYS[key + 2 * i], arg + 5 * i, nil)
    end
  end
  for i = 0, count - 1 do
    local other = KEYS[key + 2 * i + 1]
    if other ~= '' then
      local life = redis.call('PTTL', other)
      if life ~= -2 then
        write_one(KEYS[key + 2 * i], arg + 5 * i, life)
      end
    end
  end
end
