-- The time, and the life of the server, that the test says it is: "micros life".

function P.server_micros()
  return tonumber(string.match(TOLD, '^%d+'))
end

function P.server_life()
  return string.match(TOLD, '%S+$'), 1000000, false
end
