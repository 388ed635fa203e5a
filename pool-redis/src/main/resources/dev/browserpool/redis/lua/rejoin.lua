-- A member comes back to a store that has forgotten something. ARG: h host, p process, set the settings of a new pool; l leases,
-- w places in line, z whether nothing follows. A claim: t ticket, b request, a arrival, q how long ago it came, d a standard type;
-- a lease: tok token, g how long it has been held, e how long it still may be, x extension, op, ck, ev, su whether
-- nobody else can have got it since, los why it has to stop; a place: pt. nt the greatest token that it has seen. lt a load test.

local function learn(claim)
  local r = { t = claim.t, b = claim.b, a = claim.a, q = now - claim.q, y = P.load_of(claim.b.ty, claim.d) }
  call('HSET', K.ids, r.b.id, r.t)
  return r
end

local function grown_to(claim)
  set('arrivals', int(math.max(num('arrivals'), claim.a)))
  if claim.tok then
    set('token', int(math.max(num('token'), tonumber(claim.tok))))
  end
end

-- What the holder knows better than the store.
local function resume(r, claim)
  r.e = now + claim.e
  r.x = claim.x > 0 and claim.x or nil
  r.ck = claim.ck or r.ck
  r.ev = claim.ev or r.ev
  if claim.op and r.b.pr then
    r.op = true
    P.is_home(P.profile(r.b.pr.id), r, ARG.h)
  end
  P.keep(r)
end

-- The greater token is the younger truth: whoever has a smaller one, and cannot share, has to stop.
local function own(r)
  local p = P.profile(r.b.pr.id)
  local place = 1
  while p.o[place] and tonumber(P.request(p.o[place]).tok) < tonumber(r.tok) do
    place = place + 1
  end
  local others = { unpack(p.o) }
  table.insert(p.o, place, r.t)
  P.touch(p)
  P.refresh(p)
  for _, ticket in ipairs(others) do
    local other = P.request(ticket)
    if P.exclusive(r) or P.exclusive(other) then
      local older = tonumber(other.tok) < tonumber(r.tok) and other or r
      P.stop(older, 'LOST', 'profile ' .. p.p .. ' has a newer owner, who came back')
    end
  end
end

local function reinstate(claim)
  local ticket = call('HGET', K.ids, claim.b.id)
  local namesake = ticket and P.request(ticket)
  if namesake and namesake.s ~= 'W' then
    return false
  end
  local parent
  if claim.b.pa then
    local of = call('HGET', K.ids, claim.b.pa)
    parent = of and P.request(of)
    if not parent or parent.s ~= 'R' then
      return false
    end
  end
  if namesake then
    P.tell_end(namesake, P.leave_line(namesake, 'CANCELLED', 'a running request of the same id came back'))
  end
  local r = learn(claim)
  r.tok, r.s, r.g = claim.tok, 'R', now - claim.g
  resume(r, claim)
  call('ZADD', K.mine, '0', P.mine(r, 'L'))
  P.due_at(r, r.e)
  if parent then
    r.par = parent.t
    parent.ch = parent.ch or {}
    parent.ch[#parent.ch + 1] = r.t
    P.keep(parent)
  else
    P.add_slot(r)
    P.count(P.type_field(r, 'running'), 1)
  end
  if r.b.pr then
    own(r)
  end
  if claim.los then
    P.stop(r, claim.los.w, claim.los.m)
  end
  return true
end

local function holds(claim)
  grown_to(claim)
  local r = P.request(claim.t)
  if r and r.s ~= 'W' and r.tok == claim.tok then
    resume(r, claim)
    if r.s == 'R' then
      P.due_at(r, r.e)
      if claim.los then
        P.stop(r, claim.los.w, claim.los.m)
      end
    end
    return true
  end
  if not M.rec or not claim.su then
    return false -- by now it may be another's
  end
  if r then
    P.unlearn(r)
  end
  return reinstate(claim)
end

local function waits(claim)
  grown_to(claim)
  local r = P.request(claim.t)
  if r then
    if r.b.pr and r.s ~= 'W' and tonumber(r.tok) <= tonumber(claim.pt) then
      P.park(r) -- the store has forgotten that it was
    end
    return true
  end
  if call('HEXISTS', K.ids, claim.b.id) == 1 then
    return false
  end
  r = learn(claim)
  r.pt = claim.pt ~= '0' and claim.pt or nil
  if r.b.pr then
    P.welcome(r, P.profile(r.b.pr.id))
  end
  P.enqueue(r)
  return true
end

function STEP.rejoin()
  P.relieve()
  if not P.open() then
    P.create(ARG.set, true)
  end
  set('token', int(math.max(num('token'), tonumber(ARG.nt))))
  local more = P.reap()
  P.renew(ME, { h = ARG.h, p = ARG.p })
  local refused = {}
  for _, claim in ipairs(ARG.l) do
    if not holds(claim) then
      refused[#refused + 1] = claim.t
    end
  end
  for _, claim in ipairs(ARG.w) do
    if not waits(claim) then
      refused[#refused + 1] = claim.t
    end
  end
  if not P.claim_load_test(ARG.lt, ARG.z) then
    refused[#refused + 1] = ARG.lt.t
  end
  if ARG.z then
    call('ZREM', K.suspects, ME)
    P.remind(ME)
  end
  local result = P.joined(refused)
  more = P.serve() or more
  return P.reply(result, more, not P.is_told_of_dues())
end
