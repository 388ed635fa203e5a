-- Signs of life, and where a member's JVM is.

-- How long a member may be silent before what it holds counts as stale; for ever, if members cannot die alone.
function P.renew(member, identity)
  local host = identity or stored('hosts', member, call('HGET', K.hosts, member) or '')
  host.b = now
  host.x = now + num('ttl') + num('grace')
  call('HSET', K.hosts, member, cjson.encode(host))
  P.put_due(K.members, now + num('ttl'), member)
  members[member] = true
end

-- One whose time is over gets nothing any more, however long it takes to end all that it has.
function P.is_member(member)
  if members[member] == nil then
    members[member] = (tonumber(call('ZSCORE', K.members, member)) or 0) > now
  end
  return members[member]
end

function P.dismiss(member)
  P.drop_due(K.members, member)
  members[member] = false
end

function P.host_of(r)
  local member = P.member_of(r.t)
  return stored('hosts', member, call('HGET', K.hosts, member) or '').h
end

-- Whether the caller is about to come back with what the store may have forgotten.
function P.is_expected()
  return M.rec and not P.is_member(ME)
end

-- Tells again what has to stop: the first message may have been lost.
function P.remind(member)
  for _, r in ipairs(P.own(member, 'S')) do
    P.tell_to_stop(r)
  end
end

-- The answer to a member that is known now. Those of its claims that it has no more are refused.
function P.joined(refused)
  return { k = 'C', v = num('ttl'), e = M.epoch, no = refused and #refused > 0 and refused or nil, s = P.settings() }
end

function P.settings()
  return { cap = M.cap, maxq = M.maxq, maxqp = M.maxqp, grace = M.grace, ttl = M.ttl, keep = M.keep, age = M.age, win = M.win }
end

-- The answer of a store that has never been used: nobody is a member of it.
function P.nobody()
  return { 'null', '0', '', 0, 0 }
end
