-- The time that the test says it is.

local function server_micros()
  return tonumber(ARGV[1])
end
