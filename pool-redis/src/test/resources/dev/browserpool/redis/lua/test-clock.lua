-- The time, and the life of the server, that the test says it is: "micros life".

local function server_micros()
  return tonumber(string.match(ARGV[1], '^%d+'))
end

local function server_life()
  return string.match(ARGV[1], '%S+$'), 1000000, false
end
