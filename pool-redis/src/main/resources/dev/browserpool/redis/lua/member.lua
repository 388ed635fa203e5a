-- Signs of life, and where a member's JVM is.

-- How long a member may be silent before what it holds counts as stale; for ever, if members cannot die alone.
function P.renew(member, identity)
  local host = identity or stored('hosts', member, call('HGET', K.hosts, member) or '')
  host.b = now
  host.x = now + num('ttl') + num('grace')
  call('HSET', K.hosts, member, cjson.encode(host))
  call('ZADD', K.members, int(now + num('ttl')), member)
end

-- The answer of a store that has never been used: nobody is a member of it.
function P.nobody()
  return { 'null', '0', '', 0, 0 }
end
