-- The server's time and what stands in a key beside the pool's own: a clock that jumps. It has one life.

local function server_micros()
  local time = redis.call('TIME')
  local shift = redis.call('GET', string.sub(KEYS[1], 1, -8) .. 'shift')
  return tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(shift or '0')
end

local function server_life()
  return 'one', 1000000, false
end
