-- Ends waiters, or tells holders to stop. ARG: k which (running or line with id, held with t ticket and tok token, older with age), w why,
-- m message.

local function one(state)
  local ticket = call('HGET', K.ids, ARG.id)
  local r = ticket and P.request(ticket)
  return r and r.s == state and { r } or {}
end

local function held()
  local r = P.request(ARG.t)
  return r and r.s == 'R' and r.tok == ARG.tok and { r } or {}
end

local function older()
  local old = {}
  for _, ticket in ipairs(call('ZRANGE', K.slots, 0, -1)) do
    local r = P.request(ticket)
    if now - r.g <= ARG.age then
      break
    end
    if r.s == 'R' then
      old[#old + 1] = r
    end
  end
  return old
end

function STEP.stop()
  P.relieve()
  if not P.open() then
    return P.nobody()
  end
  local more = P.reap()
  local which
  if ARG.k == 'older' then
    which = older()
  elseif ARG.k == 'held' then
    which = held()
  else
    which = one(ARG.k == 'running' and 'R' or 'W')
  end
  local ids = {}
  for _, r in ipairs(which) do
    ids[#ids + 1] = r.b.id
    if r.s == 'W' then
      P.tell_end(r, P.leave_line(r, 'CANCELLED', ARG.m))
    else
      P.stop(r, ARG.w, ARG.m)
    end
  end
  more = P.serve() or more
  return P.reply({ k = 'D', i = #ids > 0 and ids or nil }, more)
end
