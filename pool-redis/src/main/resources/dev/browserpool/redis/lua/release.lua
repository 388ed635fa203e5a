-- A holder gives slot and profile back. ARG: t ticket, tok token, s and m how it ends, c and n the profile's condition, ck, ev.

function STEP.release()
  P.relieve()
  if not P.open() then
    return P.nobody()
  end
  local more = P.reap()
  local r = P.request(ARG.t)
  local result
  if r and r.s ~= 'W' and r.tok == ARG.tok then
    r.ck = ARG.ck or r.ck
    r.ev = ARG.ev or r.ev
    result = { k = 'E', e = P.free(r, ARG.s, ARG.m, ARG.c, ARG.n) }
  else
    result = { k = P.is_expected() and '?' or 'N' }
  end
  more = P.serve() or more
  return P.reply(result, more)
end
