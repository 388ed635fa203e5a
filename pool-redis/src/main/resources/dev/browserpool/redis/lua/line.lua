-- Who waits, and who of them is next. A profile stands in `ready` exactly if the next of its line has room; every change of
-- a line, of owners, of a block or of a rule ends in refresh.

local STANDARD_AND_OWN = 55

-- Under which name a type of operation is counted: their number is bounded.
function P.load_of(kind, is_standard)
  if is_standard or call('HEXISTS', K.tally, 't|' .. kind) == 1 then
    return kind
  end
  if num('types') >= STANDARD_AND_OWN then
    return 'other'
  end
  set('types', int(num('types') + 1))
  call('HSET', K.tally, 't|' .. kind, 1)
  return kind
end

-- The next place in line. Numbers follow the server's clock, so that they grow from one life of the data to the next.
function P.arrive()
  set('arrivals', int(math.max(num('arrivals') + 1, math.floor(micros / 100))))
  return num('arrivals')
end

-- The limits of all entries that begin with a prefix.
function P.lex(prefix)
  return '[' .. prefix .. '|', '(' .. prefix .. '}'
end

local function arrival16(r)
  return int16(r.a)
end

local function in_line(r)
  return r.b.pr.id .. '|' .. arrival16(r) .. '|' .. r.t
end

function P.type_field(r, what)
  return 'y|' .. r.y .. '|' .. what
end

local function in_entry(entry)
  return P.request(string.match(entry, '^[^|]*|[^|]*|(.*)$'))
end

function P.line_size(p)
  return call('ZLEXCOUNT', K.lines, P.lex(p.p))
end

-- The next of a profile's line: the oldest, but for the one for whom it is kept.
function P.head(p)
  if p.kf then
    return P.request(p.kf)
  end
  local from, to = P.lex(p.p)
  local first = call('ZRANGEBYLEX', K.lines, from, to, 'LIMIT', 0, 1)[1]
  return first and in_entry(first)
end

-- Everybody in a profile's line, oldest first.
function P.line_of(p)
  local from, to = P.lex(p.p)
  local all = {}
  for i, entry in ipairs(call('ZRANGEBYLEX', K.lines, from, to)) do
    all[i] = in_entry(entry)
  end
  return all
end

function P.exclusive(r)
  return r.b.pr.m == 'x'
end

function P.has_room(p, r)
  if p.q or p.co or p.ou or (p.kp and p.kf ~= r.t) then
    return false
  end
  if #p.o == 0 then
    return true
  end
  return not P.exclusive(r) and not P.exclusive(P.request(p.o[1])) and #p.o < (p.r and p.r.n or 1)
end

-- The only writer of profiles in `ready`.
function P.refresh(p)
  local head = P.head(p)
  local should = head and P.has_room(p, head) and head.t or nil
  if p.rd == should then
    return
  end
  if p.rd then
    P.count(p.ry, -1)
    call('ZREM', K.ready, 'p|' .. p.p)
  end
  p.rd = should
  p.ry = nil
  if should then
    p.ry = P.type_field(head, 'ready')
    P.count(p.ry, 1)
    call('ZADD', K.ready, int(head.a), 'p|' .. p.p)
  end
  P.touch(p)
end

function P.enqueue(r)
  r.s = 'W'
  P.keep(r)
  call('ZADD', K.waiting, int(r.a), r.t)
  call('ZADD', K.mine, '0', P.mine(r, 'W'))
  P.count(P.type_field(r, 'waiting'), 1)
  if r.b.pr then
    local p = P.profile(r.b.pr.id)
    call('ZADD', K.lines, '0', in_line(r))
    P.touch(p)
    P.refresh(p)
  else
    call('ZADD', K.ready, int(r.a), 't|' .. r.t)
    P.count(P.type_field(r, 'ready'), 1)
  end
end

function P.dequeue(r)
  call('ZREM', K.waiting, r.t)
  call('ZREM', K.mine, P.mine(r, 'W'))
  P.count(P.type_field(r, 'waiting'), -1)
  if r.b.pr then
    local p = P.profile(r.b.pr.id)
    call('ZREM', K.lines, in_line(r))
    P.not_kept_for(p, r)
    P.touch(p)
    P.refresh(p)
  else
    call('ZREM', K.ready, 't|' .. r.t)
    P.count(P.type_field(r, 'ready'), -1)
  end
end

-- The oldest request that can run, if there is a slot for it.
function P.next()
  local first = call('ZRANGE', K.ready, 0, 0)[1]
  if not first then
    return nil
  end
  local name = string.sub(first, 3)
  return string.sub(first, 1, 1) == 't' and P.request(name) or P.head(P.profile(name))
end

function P.position(r)
  return (call('ZRANK', K.waiting, r.t) or -1) + 1
end

-- What a member has of a kind, or so many of it, those oldest first.
function P.own(member, kind, at_most)
  local from, to = P.lex(member .. '|' .. kind)
  local own = {}
  for i, entry in ipairs(call('ZRANGEBYLEX', K.mine, from, to, 'LIMIT', 0, at_most or -1)) do
    own[i] = P.request(member .. '/' .. string.match(entry, '|([^|]*)$'))
  end
  table.sort(own, function(one, other)
    return one.a < other.a
  end)
  return own
end

-- Entry of a member's own: `member|W|number`; W in line, L a lease, S a lease that is stopping.
function P.mine(r, kind)
  local member, number = string.match(r.t, '^(.*)/(.*)$')
  return member .. '|' .. kind .. '|' .. number
end
