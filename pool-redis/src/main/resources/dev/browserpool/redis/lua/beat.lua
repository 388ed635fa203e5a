-- A sign of life. ARG: l how many leases, w how many waiters the member believes to have.

local function count(kind)
  local from, to = P.lex(ME .. '|' .. kind)
  return call('ZLEXCOUNT', K.mine, from, to)
end

if not P.open() then
  return P.nobody()
end
local more = P.reap()
local result
if not call('ZSCORE', K.members, ME) then
  result = { k = 'R' }
else
  P.renew(ME)
  local from, to = P.lex(ME .. '|S')
  for _, entry in ipairs(call('ZRANGEBYLEX', K.mine, from, to)) do
    P.tell_to_stop(P.request(ME .. '/' .. string.match(entry, '|([^|]*)$')))
  end
  call('PUBLISH', P.channel_of(ME), '.') -- so that it hears whether it still hears
  local same = count('L') + count('S') == ARG.l and count('W') == ARG.w
  result = { k = same and 'C' or 'M', v = num('ttl') }
end
more = P.serve() or more
return P.reply(result, more)
