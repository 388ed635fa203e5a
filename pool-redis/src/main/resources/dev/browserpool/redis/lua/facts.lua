-- What is told of owners and blocks: times are of the pool's clock, the reader subtracts.

-- An ownership. Made when an owner ends, it keeps the signs of life up to then.
function P.lock(r)
  local host = call('HGET', K.hosts, P.member_of(r.t))
  host = host and stored('hosts', P.member_of(r.t), host) or {}
  local status = 'RUNNING'
  if r.un then
    status = 'FAILED'
  elseif r.st then
    status = 'STALE'
  elseif r.rel then
    status = 'RELEASING'
  end
  return {
    p = r.b.pr.id, st = status, sh = not P.exclusive(r), b = P.owner_part(r.b), px = r.b.px or r.rp,
    m = P.member_of(r.t), h = host.h, pid = host.p, tok = r.tok, g = r.g, hb = host.b, sx = host.x, e = r.e, ck = r.ck, ev = r.ev,
  }
end

function P.owner_part(b)
  return { id = b.id, ty = b.ty, tk = b.tk, wk = b.wk, ac = b.ac }
end

function P.grant_facts(r)
  local facts = { tok = r.tok, a = r.a, e = r.e }
  if r.b.pr then
    local p = P.profile(r.b.pr.id)
    facts.of = { l = P.lock(r), rf = r.rf, os = p.r and p.r.s or 'RECOVER', h = p.h }
  end
  return facts
end

-- What keeps everybody out, the gravest first.
function P.blocks(p)
  local blocks = {}
  for _, name in ipairs({ 'q', 'co', 'ou', 'kp' }) do
    if p[name] then
      blocks[#blocks + 1] = p[name]
    end
  end
  return blocks
end

-- Why a profile cannot be had: its gravest block, or its oldest owner, or its line.
function P.busy(p)
  return P.busy_with(p, P.blocks(p)[1])
end

-- Why this one cannot have it: never because it is kept for its own task.
function P.busy_for(r, p)
  local block = P.blocks(p)[1]
  return P.busy_with(p, block ~= p.kp and block or (not P.is_kept_for(p, r) and p.kp or nil))
end

function P.busy_with(p, block)
  local owner = p.o[1] and P.lock(P.request(p.o[1]))
  local free
  if block then
    free = block.un
  elseif owner then
    free = owner.e
  end
  return { p = p.p, o = owner, b = block, f = free }
end

function P.is_blank(p)
  return #p.o == 0 and not (p.q or p.co or p.ou or p.kp or p.va or p.h or p.r) and P.line_size(p) == 0
end

-- Where somebody stands in line, and who is before him.
function P.wait(r)
  local holders = {}
  for _, ticket in ipairs(call('ZRANGE', K.slots, 0, 9)) do
    local s = P.request(ticket)
    holders[#holders + 1] = { id = s.b.id, ty = s.b.ty, g = s.g }
  end
  local busy = r.b.pr and P.busy_for(r, P.profile(r.b.pr.id)) or nil
  if busy and not busy.o and not busy.b then
    busy = nil
  end
  return { pos = P.position(r), ho = #holders > 0 and holders or nil, pr = busy, pc = P.pace(), lt = P.load_test() }
end
