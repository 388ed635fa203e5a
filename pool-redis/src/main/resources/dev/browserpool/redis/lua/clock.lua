-- The server's time in microseconds, and which life of a server this is. A file of its own, so that tests can put another in its place.

local function server_micros()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end

-- Another one after every restart and failover; and if it is not the known one, for how many seconds it has lasted, and whether the
-- server is one of a cluster.
local function server_life(known)
  local info = redis.call('INFO', 'server')
  if known and string.find(info, 'run_id:' .. known, 1, true) then
    return known
  end
  return string.match(info, 'run_id:(%x+)'), tonumber(string.match(info, 'uptime_in_seconds:(%d+)')),
    string.find(info, 'redis_mode:cluster', 1, true) ~= nil
end
