-- A caller gives up. ARG: t ticket, s and m how it ends.

function STEP.withdraw()
  P.relieve()
  if not P.open() then
    return P.nobody()
  end
  local more = P.reap()
  local r = P.request(ARG.t)
  local result
  if not r then
    result = { k = 'U' }
  elseif r.s ~= 'W' then
    result = { k = 'G', g = P.grant_facts(r) }
  else
    result = { k = 'X', w = P.wait(r) }
    P.leave_line(r, ARG.s, ARG.m)
  end
  more = P.serve() or more
  return P.reply(result, more)
end
