-- The server's time in microseconds, and which life of a server this is. A file of its own, so that tests can put another in its place.

function P.server_micros()
  local time = call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end

-- A process keeps its id: in a library of functions it is read once in a server's life, in a script for each step.
local run_id

-- Another one after every restart and failover; and if it is not the known one, for how many seconds it has lasted, and whether the
-- server is one of a cluster.
function P.server_life(known)
  if run_id and run_id == known then
    return known
  end
  local info = call('INFO', 'server')
  run_id = string.match(info, 'run_id:(%x+)')
  return run_id, tonumber(string.match(info, 'uptime_in_seconds:(%d+)')), string.find(info, 'redis_mode:cluster', 1, true) ~= nil
end
