-- A sign of life. ARG: l how many leases, w how many waiters the member believes to have.

local function count(kind)
  local from, to = P.lex(ME .. '|' .. kind)
  return call('ZLEXCOUNT', K.mine, from, to)
end

function STEP.beat()
  P.relieve()
  if not P.open() then
    return P.nobody()
  end
  local more = P.reap()
  local result
  if not P.is_member(ME) then
    result = { k = 'R', e = M.epoch }
  else
    P.renew(ME)
    P.remind(ME)
    P.look_ahead()
    call('PUBLISH', P.channel('to:' .. ME), '.') -- so that it hears whether it still hears
    local same = count('L') + count('S') == ARG.l and count('W') == ARG.w
    result = { k = same and 'C' or 'M', v = num('ttl'), s = P.settings() }
  end
  more = P.serve() or more
  return P.reply(result, more, not P.is_told_of_dues())
end
