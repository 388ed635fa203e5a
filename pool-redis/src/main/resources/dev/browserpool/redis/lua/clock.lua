-- The server's time in microseconds. A file of its own, so that tests can put another clock in its place.

local function server_micros()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end
