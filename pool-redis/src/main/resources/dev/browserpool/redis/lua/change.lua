-- What a holder says about its lease. ARG: t ticket, tok token, k what: releasing, extend (x total), note (ck, ev), opened, park
-- (who, what, u for how long, st whether it stays).

local function extend(r)
  if r.s ~= 'R' then
    return { k = 'N' }
  end
  local before = r.x or 0
  if ARG.x > before then
    r.e = r.e + ARG.x - before
    r.x = ARG.x
    local parent = r.par and P.request(r.par)
    if parent then
      r.e = math.min(r.e, parent.e)
    end
    P.due_at(r, r.e)
    P.keep(r)
  end
  return { k = 'X', e = r.e }
end

local function park(r)
  local p = P.profile(r.b.pr.id)
  P.held_outside(p, ARG.who, ARG.what, now + ARG.u)
  P.never_opened(r, p)
  if ARG.st and r.s == 'R' then
    P.park(r)
    return { k = 'P', pos = P.position(r) }
  end
  return { k = 'E', e = P.free(r, 'FAILED', 'profile ' .. p.p .. ' is held by ' .. ARG.who) }
end

local function change()
  local r = P.request(ARG.t)
  if r and ARG.k == 'park' and r.pt == ARG.tok then
    return { k = 'P', pos = P.position(r) } -- said before
  end
  if not r or r.s == 'W' or r.tok ~= ARG.tok then
    return { k = P.is_expected() and '?' or 'N' }
  end
  if ARG.k == 'extend' then
    return extend(r)
  end
  if ARG.k == 'park' then
    return r.b.pr and park(r) or { k = 'N' }
  end
  if ARG.k == 'releasing' then
    r.rel = true
  elseif ARG.k == 'note' then
    r.ck = ARG.ck or r.ck
    r.ev = ARG.ev or r.ev
  elseif r.b.pr then
    local p = P.profile(r.b.pr.id)
    P.is_home(p, r, P.host_of(r))
    p.lo = nil
    r.op = true
    P.touch(p)
  end
  P.keep(r)
  return { k = 'D' }
end

function STEP.change()
  if not P.open() then
    return P.nobody()
  end
  local more = P.reap()
  local result = change()
  more = P.serve() or more
  return P.reply(result, more)
end
