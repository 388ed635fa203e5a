-- The server's time and what stands in a key beside the pool's own: a clock that jumps. It has one life.

function P.server_micros()
  local time = call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(call('GET', P.channel('shift')) or '0')
end

function P.server_life()
  return 'one', 1000000, false
end
