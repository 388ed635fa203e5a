-- The moves of which every transition is made: grant, stop, free, finish.

function P.add_slot(r)
  local new = call('ZADD', K.slots, r.tok, r.t)
  used = used and used + new
end

local function remove_slot(r)
  local gone = call('ZREM', K.slots, r.t)
  used = used and used - gone
end

-- Asked for once in a step.
function P.used()
  used = used or call('ZCARD', K.slots)
  return used
end

-- A token is greater than all before it, also after the store has lost data: it follows the server's clock.
local function next_token()
  local token = int(math.max(num('token') + 1, micros))
  set('token', token)
  return token
end

function P.hold(r)
  r.tok = next_token()
  r.s = 'R'
  r.g = now
  r.e = now + r.b.md
  call('ZADD', K.mine, '0', P.mine(r, 'L'))
  P.count('granted', 1)
  P.keep(r)
end

-- What is due at the same time is done in the order of arrival.
local function entry(r)
  return int16(r.a) .. '|' .. r.t
end

function P.due_at(r, at)
  P.put_due(K.leases, at, entry(r))
end

function P.due_of(r)
  return tonumber(call('ZSCORE', K.leases, entry(r)))
end

function P.grant(r, silent)
  P.hold(r)
  P.add_slot(r)
  P.due_at(r, r.e)
  P.count(P.type_field(r, 'running'), 1)
  if r.b.pr then
    local p = P.profile(r.b.pr.id)
    p.o[#p.o + 1] = r.t
    P.touch(p)
    r.rp = p.r and p.r.px or nil
    P.now_owned(r, p)
    P.refresh(p)
  end
  if not silent then
    P.tell(r, { k = 'G', t = r.t, g = P.grant_facts(r) })
  end
end

-- Whether slots are granted at all.
function P.flows()
  return not (M.paused or M.lt or M.rec)
end

-- Whether enqueueing this newcomer and serving the line would come to the same as granting it.
function P.is_next_at_once(r)
  return not r.b.pr and P.flows() and P.used() < num('cap') and call('EXISTS', K.ready) == 0
end

-- Grants as long as there is room and somebody who can use it. Returns whether the budget ran out.
function P.serve(newcomer)
  for _ = 1, BUDGET do
    if not P.flows() or P.used() >= num('cap') then
      return false
    end
    local r = P.next()
    if not r then
      return false
    end
    if P.is_member(P.member_of(r.t)) then
      P.dequeue(r)
      P.grant(r, r == newcomer)
    else
      P.leave_line(r, 'ABANDONED', 'its member died')
    end
  end
  return true
end

-- All that run on its slot, each after its own parent.
local function family(r, all)
  for _, ticket in ipairs(r.ch or {}) do
    local child = P.request(ticket)
    if child then
      all[#all + 1] = child
      family(child, all)
    end
  end
  return all
end

local function stop_alone(r, why, message)
  if r.s ~= 'R' then
    return
  end
  r.s = 'S'
  r.l = { id = r.b.id, tok = r.tok, w = why, m = message }
  if not r.par then
    P.count(P.type_field(r, 'running'), -1)
    P.count(P.type_field(r, 'stopping'), 1)
  end
  P.due_at(r, now + num('grace'))
  call('ZREM', K.mine, P.mine(r, 'L'))
  call('ZADD', K.mine, '0', P.mine(r, 'S'))
  P.keep(r)
  P.tell_to_stop(r)
end

function P.tell_to_stop(r)
  P.tell(r, { k = 'S', t = r.t, l = r.l })
end

-- Tells a holder to stop; never extended by a second call.
function P.stop(r, why, message)
  local all = family(r, {})
  for i = #all, 1, -1 do
    stop_alone(all[i], why, message)
  end
  stop_alone(r, why, message)
end

local function forget(r)
  call('HDEL', K.ids, r.b.id)
  P.drop(r)
end

function P.finish(r, state, reason)
  r.en = now
  local owned = r.tok and r.b.pr
  if owned then
    P.record(r.b.pr.id, 'OWNED', r.b.id, reason, P.lock(r), state)
  end
  P.count('e|' .. state, 1)
  if r.tok and not r.par then
    P.ran(now - r.g)
  end
  P.remember(r, state, reason)
  forget(r)
  P.bury_the_last(P.member_of(r.t))
  return { s = state, m = reason }
end

-- The mean of how long slots were held, in which the newest counts an eighth: how fast the line moves.
function P.ran(millis)
  local mean = M.run and num('run')
  set('run', string.format('%.17g', mean and mean + (millis - mean) / 8 or millis))
end

function P.pace()
  return { run = M.run or nil, n = num('cap'), u = P.used(), r = call('ZCARD', K.ready), f = P.flows() }
end

function P.tell_end(r, how)
  P.tell(r, { k = 'E', t = r.t, s = how.s, m = how.m })
end

local function leave(r)
  P.dequeue(r)
  if r.b.pr then
    P.left(r, P.profile(r.b.pr.id))
  end
end

function P.leave_line(r, state, reason)
  leave(r)
  return P.finish(r, state, reason)
end

-- A newcomer that was refused: without a trace.
function P.turn_away(r)
  leave(r)
  forget(r)
end

local function give_up_alone(r)
  P.drop_due(K.leases, entry(r))
  call('ZREM', K.mine, P.mine(r, r.s == 'S' and 'S' or 'L'))
  r.rf = nil
  if r.par then
    local parent = P.request(r.par)
    if parent and parent.ch then
      local rest = {}
      for _, ticket in ipairs(parent.ch) do
        if ticket ~= r.t then
          rest[#rest + 1] = ticket
        end
      end
      parent.ch = #rest > 0 and rest or nil
      P.keep(parent)
    end
  else
    remove_slot(r)
    P.count(P.type_field(r, r.s == 'R' and 'running' or 'stopping'), -1)
  end
  if r.b.pr then
    local p = P.profile(r.b.pr.id)
    for i, ticket in ipairs(p.o) do
      if ticket == r.t then
        table.remove(p.o, i)
        break
      end
    end
    P.touch(p)
    P.refresh(p)
  end
end

function P.give_up(r)
  local all = family(r, {})
  for i = #all, 1, -1 do
    local child = all[i]
    local how = 'ended with its parent ' .. r.b.id
    give_up_alone(child)
    if child.l then
      P.tell_end(child, P.finish(child, child.l.w, child.l.m .. '; ' .. how))
    else
      P.tell_end(child, P.finish(child, 'RELEASED', how))
    end
  end
  give_up_alone(r)
end

-- What is known of it is old: its member knows better. Without a trace.
function P.unlearn(r)
  if r.s == 'W' then
    P.turn_away(r)
  else
    P.give_up(r)
    forget(r)
  end
end

-- The holder is done (expired, revoked and lost are ends as well as reasons): slot and profile are free in this step.
function P.free(r, state, reason, condition, note)
  if r.b.pr then
    P.returned(r, P.profile(r.b.pr.id), condition, note)
  end
  P.give_up(r)
  if r.l then
    return P.finish(r, r.l.w, r.l.m .. '; its holder confirmed')
  end
  return P.finish(r, state, reason)
end

-- The stop grace is over: the slot is free, the browser was never confirmed to be gone.
function P.pass_on(r)
  if r.b.pr then
    P.vanished(r, P.profile(r.b.pr.id))
  end
  P.give_up(r)
  P.tell_end(r, P.finish(r, r.l.w, r.l.m .. '; its holder never confirmed'))
end

-- Its pool is gone, and nobody has confirmed that its browser is.
function P.abandon(r, reason)
  if r.b.pr then
    P.vanished(r, P.profile(r.b.pr.id))
  end
  P.give_up(r)
  if r.l then
    P.finish(r, r.l.w, r.l.m .. '; ' .. reason)
  else
    P.finish(r, 'REVOKED', reason)
  end
end

-- Somebody else is on its profile: it gives slot and profile back, and waits at its old place.
function P.park(r)
  P.give_up(r)
  r.pt = r.tok
  r.tok, r.rel, r.x, r.g, r.e, r.op = nil, nil, nil, nil, nil, nil
  P.welcome(r, P.profile(r.b.pr.id))
  P.enqueue(r)
end
