-- A request arrives: it is put in line, then the line is served. ARG: t ticket, b request, w may it wait, lw also for
-- a load test, d a standard type.

-- The position is looked up if it is not known.
local function admission(r, position)
  if r.s == 'W' then
    return { k = 'Q', pos = position or P.position(r), a = r.a, c = r.c }
  end
  return { k = 'G', g = P.grant_facts(r) }
end

local function refused(reason, facts, conflict)
  P.count('r|' .. reason, 1)
  facts.k = 'R'
  facts.r = reason
  facts.c = conflict
  return facts
end

local function newcomer()
  return { t = ARG.t, b = ARG.b, a = P.arrive(), q = now, y = P.load_of(ARG.b.ty, ARG.d) }
end

local function child_of(id)
  local ticket = call('HGET', K.ids, id)
  local parent = ticket and P.request(ticket)
  if not parent or parent.s ~= 'R' then
    return refused('PARENT_NOT_RUNNING', { pa = id })
  end
  local r = newcomer()
  r.par = parent.t
  parent.ch = parent.ch or {}
  parent.ch[#parent.ch + 1] = r.t
  P.keep(parent)
  call('HSET', K.ids, r.b.id, r.t)
  P.hold(r)
  r.e = math.min(r.e, parent.e)
  P.due_at(r, r.e)
  return admission(r)
end

-- What a request finds that wants a profile: a refusal, or nothing.
local function meets(r, p)
  local required = p.r and p.r.px
  if required and r.b.px and r.b.px ~= required then
    P.refused_proxy(p, r, r.b.px, required)
    return refused('PROXY_MISMATCH', { p = p.p, as = r.b.px, rq = required })
  end
  P.welcome(r, p)
  if P.has_room(p, r) and (P.line_size(p) == 0 or p.kf == r.t) then
    return nil
  end
  r.c = P.busy_for(r, p)
  if r.b.pr.c ~= 'r' then
    return nil
  end
  P.not_kept_for(p, r)
  if p.q then
    return refused('PROFILE_QUARANTINED', { q = p.q }, r.c)
  end
  return refused('PROFILE_CONFLICT', {}, r.c)
end

local function may_not_stay(r, p, waiting)
  if not ARG.w then
    return 'WOULD_WAIT', { w = P.wait(r) }
  end
  if waiting > num('maxq') then
    return 'LINE_FULL', { n = waiting - 1, max = num('maxq') }
  end
  if p and P.line_size(p) > num('maxqp') then
    return 'PROFILE_LINE_FULL', { n = P.line_size(p) - 1, max = num('maxqp'), p = p.p }
  end
  return nil
end

local function admit()
  local namesake = call('HGET', K.ids, ARG.b.id)
  if namesake == ARG.t then
    return admission(P.request(ARG.t)) -- said before
  end
  if namesake then
    return refused('DUPLICATE_ID', { s = P.request(namesake).s })
  end
  if ARG.b.pa then
    return child_of(ARG.b.pa)
  end
  if M.lt and not ARG.lw then
    return refused('LOAD_TEST', { lt = P.load_test() })
  end
  local r = newcomer()
  local p = r.b.pr and P.profile(r.b.pr.id)
  local refusal = p and meets(r, p)
  if refusal then
    return refusal
  end
  call('HSET', K.ids, r.b.id, r.t)
  if P.is_next_at_once(r) then
    P.grant(r, true)
    return admission(r), true
  end
  P.enqueue(r)
  P.serve(r)
  if r.s ~= 'W' then
    return admission(r)
  end
  local waiting = call('ZCARD', K.waiting)
  local reason, facts = may_not_stay(r, p, waiting)
  if reason then
    P.turn_away(r)
    return refused(reason, facts, r.c)
  end
  return admission(r, r.a == num('arrivals') and waiting or nil) -- the last of the line, unless it took an older place
end

function STEP.submit()
  if not P.open() then
    return P.nobody()
  end
  local more = P.reap()
  local result, is_served
  if P.member_of(ARG.t) ~= ME or not P.is_member(ME) then
    result = { k = 'N', e = M.epoch }
  else
    result, is_served = admit()
  end
  more = not is_served and P.serve() or more
  return P.reply(result, more)
end
