-- The end of a library: each step is a function of the server, under the library's name and its own.

-- These get through for want of memory: signs of life, and ends. Scripts have P.relieve for that.
local PRESSING = { rejoin = true, withdraw = true, release = true, stop = true, beat = true, leave = true }

function P.relieve() end

for name, step in pairs(STEP) do
  redis.register_function({
    function_name = LIBRARY .. '_' .. name,
    callback = function(keys, argv)
      P.begin(keys, argv)
      return step()
    end,
    flags = name == 'read' and { 'no-writes' } or PRESSING[name] and { 'allow-oom' } or {},
  })
end
