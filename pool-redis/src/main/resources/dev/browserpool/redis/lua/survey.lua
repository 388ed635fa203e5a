-- What the server is, and what stands under a pool's names. Changes nothing. KEYS: as in Keys.java. ARGV: 1 the place of `meta`.

local types = {}
for i, key in ipairs(KEYS) do
  types[i] = redis.call('TYPE', key).ok
end
local meta = tonumber(ARGV[1])
local format = types[meta] == 'hash' and redis.call('HGET', KEYS[meta], 'v')
return { redis.call('INFO', 'server'), redis.call('INFO', 'replication'), types, format or '' }
