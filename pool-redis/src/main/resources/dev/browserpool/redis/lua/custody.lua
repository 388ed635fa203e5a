-- What becomes of a profile beside its owners and its line: who keeps it closed, and what follows on a bad end.

local function block(p, name, status, who, why, ends)
  local before = p[name] and p[name].who == who and p[name].si
  local made = { p = p.p, st = status, who = who, why = why, si = before or now, un = ends }
  p[name] = made
  P.touch(p)
  local due = p.p .. '|' .. name
  if ends then
    P.put_due(K.due, ends, due)
  else
    P.drop_due(K.due, due)
  end
  return made
end

local function lift(p, name)
  p[name] = nil
  if name == 'kp' then
    p.kf, p.ka = nil, nil
  end
  P.drop_due(K.due, p.p .. '|' .. name)
  P.touch(p)
  P.refresh(p)
end

local function task(r)
  return r.b.tk or r.b.id
end

function P.is_kept_for(p, r)
  return p.kp and p.kp.who == task(r)
end

function P.not_kept_for(p, r)
  if p.kf == r.t then
    p.kf = nil
    P.touch(p)
  end
end

-- To the place of whoever lost it, unless its own is older.
local function returns_to(p, r)
  r.a = math.min(r.a, p.ka)
  p.kf = r.t
  P.touch(p)
end

local function call_next_of_its_task(p)
  for _, waiting in ipairs(P.line_of(p)) do
    if P.is_kept_for(p, waiting) then
      P.dequeue(waiting)
      returns_to(p, waiting)
      P.enqueue(waiting)
      return
    end
  end
end

local function keep_for(r, p, why)
  if p.kp then
    lift(p, 'kp')
  end
  block(p, 'kp', 'STALE', task(r), why, now + (p.r and p.r.w or 300000))
  p.ka = r.a
  call_next_of_its_task(p)
end

local function ended_badly(r, p, what)
  p.va = not r.op and r.rf or P.lock(r)
  P.touch(p)
  local rule = p.r and p.r.s or 'RECOVER'
  if rule == 'REVIEW' then
    P.quarantine(p, r.b.id, what)
  elseif rule == 'RETRY' then
    keep_for(r, p, what)
  end
end

-- An owner is about to give it back.
function P.returned(r, p, condition, note)
  if condition == 'UNCLEAN' then
    r.un = true
    ended_badly(r, p, 'its browser could not be closed cleanly: ' .. note)
  elseif condition == 'QUARANTINE' then
    P.quarantine(p, r.b.id, note)
  end
end

-- An owner is about to lose it, and nobody knows whether its browser is gone.
function P.vanished(r, p)
  r.st = true
  ended_badly(r, p, 'its owner vanished: request ' .. r.b.id)
end

-- A request is about to be put in line: if the profile is kept for its task, and no older one of that task waits, it is next.
function P.welcome(r, p)
  if P.is_kept_for(p, r) and (not p.kf or r.a < P.request(p.kf).a) then
    returns_to(p, r)
  end
end

-- A request has left the line without a grant: the profile may be kept for others of its task.
function P.left(r, p)
  if P.is_kept_for(p, r) and not p.kf then
    call_next_of_its_task(p)
  end
end

function P.now_owned(r, p)
  r.rf = p.va
  p.va, p.lr = nil, nil
  if p.kp then
    lift(p, 'kp')
  end
end

function P.quarantine(p, who, why)
  local is_new = not p.q
  if is_new then
    block(p, 'q', 'QUARANTINED', who, why, nil)
  end
  P.record(p.p, 'QUARANTINED', who, why)
  P.refresh(p)
  return is_new
end

function P.clear(p, who, note)
  if not p.q and not p.va then
    return false
  end
  p.va = nil
  P.touch(p)
  P.record(p.p, 'CLEARED', who, note)
  if p.q then
    lift(p, 'q')
  end
  if p.kp then
    lift(p, 'kp')
  end
  return true
end

function P.check_out(p, who, why, ends)
  block(p, 'co', 'CHECKED_OUT', who, why, ends)
  P.record(p.p, 'CHECKED_OUT', who, why)
  P.refresh(p)
end

function P.extend_check_out(p, by, note)
  p.co.un = math.max(p.co.un, now + by)
  P.put_due(K.due, p.co.un, p.p .. '|co')
  P.touch(p)
  P.record(p.p, 'EXTENDED', p.co.who, note)
end

function P.check_in(p, note)
  P.record(p.p, 'CHECKED_IN', p.co.who, note)
  lift(p, 'co')
end

-- Somebody else is on its directory. On record once for each process, however often it is seen.
function P.held_outside(p, who, what, ends)
  if p.ou and p.ou.who == who then
    p.ou.un = ends
    P.put_due(K.due, ends, p.p .. '|ou')
    P.touch(p)
  else
    block(p, 'ou', 'HELD_OUTSIDE', who, what, ends)
    if p.lo ~= who then
      P.record(p.p, 'HELD_OUTSIDE', who, what)
      p.lo = who
    end
  end
  P.refresh(p)
end

-- Its directory was opened there. Of shared owners the newest counts, whoever comes last.
function P.is_home(p, r, host)
  if not p.h or tonumber(p.h.tok) < tonumber(r.tok) then
    p.h = { h = host, tok = r.tok }
    P.touch(p)
  end
end

-- An owner could not even open it: whomever it was to recover from is the next one's to deal with.
function P.never_opened(r, p)
  if not r.op and not p.va then
    p.va = r.rf
    P.touch(p)
  end
end

function P.refused_proxy(p, r, asked, required)
  if p.lr == asked then
    return
  end
  p.lr = asked
  P.touch(p)
  P.record(p.p, 'REFUSED', r.b.id, 'it names proxy ' .. asked .. ', the profile is used through ' .. required)
end

-- The time of a block is over, or that of a load test, which is a block of no profile.
function P.lapse(entry)
  local id, name = string.match(entry, '^(.*)|(.*)$')
  if id == '' then
    return P.end_load_test('EXPIRED', 'the pool', 'its time limit was over')
  end
  local p = P.profile(id)
  if name == 'co' then
    P.check_in(p, 'its time was over')
  else
    lift(p, name)
  end
end
