-- A member comes. ARG: h host, p process, and the settings of the pool, for the first one.

if not P.open() then
  M = { v = FORMAT, clock = '0', seen = int(math.floor(server_micros() / 1000)), arrivals = '0', token = '0', floor = '0',
    entries = '0', types = '0' }
  for field, value in pairs(ARG.set) do
    M[field] = value
  end
  for field, value in pairs(M) do
    dirty[field] = value
  end
  P.advance()
end
local more = P.reap()
if not call('ZSCORE', K.members, ME) then
  P.renew(ME, { h = ARG.h, p = ARG.p })
end
more = P.serve() or more
return P.reply({ k = 'C', v = num('ttl') }, more)
