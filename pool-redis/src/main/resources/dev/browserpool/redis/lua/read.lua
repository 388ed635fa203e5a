-- Answers to questions: they change nothing. Stored text is passed on as it is. ARG: k what, and its facts.

local AT_ONCE = 1000 -- Lua has not room for many more arguments

local function raw(tickets)
  local texts = {}
  for first = 1, #tickets, AT_ONCE do
    local last = math.min(first + AT_ONCE - 1, #tickets)
    for _, text in ipairs(call('HMGET', K.requests, unpack(tickets, first, last))) do
      texts[#texts + 1] = text
    end
  end
  return texts
end

local function pasts(key, limit)
  local texts = {}
  for _, entry in ipairs(call('XREVRANGE', key, '+', '-', 'COUNT', limit)) do
    if not P.is_old(entry[1]) then
      texts[#texts + 1] = entry[2][2]
    end
  end
  return texts
end

local function view(p)
  local owners = {}
  for i, ticket in ipairs(p.o) do
    owners[i] = P.lock(P.request(ticket))
  end
  local blocks = P.blocks(p)
  return cjson.encode({ p = p.p, o = #owners > 0 and owners or nil, v = p.va, b = #blocks > 0 and blocks or nil,
    w = P.line_size(p), h = p.h, r = p.r })
end

-- What runs on slots, as text, each before its children. Only who has some is read: the rest may be hundreds.
local function families(tickets)
  local all = {}
  for i, text in ipairs(raw(tickets)) do
    all[#all + 1] = text
    if text and string.find(text, '"ch":', 1, true) then
      for _, descendant in ipairs(families(stored('requests', tickets[i], text, 't').ch or {})) do
        all[#all + 1] = descendant
      end
    end
  end
  return all
end

local questions = {}

-- meta, tally, members, what runs, the first of the line, the newest times
function questions.status()
  return { { M.cap, M.maxq, M.maxqp, M.paused or '', M.lt or '', cjson.encode(P.pace()) }, call('HGETALL', K.tally),
    call('ZRANGEBYSCORE', K.members, '(' .. int(now), '+inf'),
    families(call('ZRANGE', K.slots, 0, -1)), raw(call('ZRANGE', K.waiting, 0, 99)), call('LRANGE', K.times, 0, 999) }
end

function questions.slot()
  local ticket = call('HGET', K.ids, ARG.id)
  if ticket then
    return raw({ ticket })
  end
  local id = call('HGET', K.ended, ARG.id)
  local entry = id and call('XRANGE', K.history, id, id)[1]
  if entry and P.readable(K.history)(id) then
    return { entry[2][2] }
  end
  return {}
end

function questions.place()
  local r = P.request(ARG.t)
  return r and r.s == 'W' and { cjson.encode(P.wait(r)) } or {}
end

function questions.line()
  return { cjson.encode(P.pace()), ARG.n > 0 and raw(call('ZRANGE', K.waiting, ARG.o, ARG.o + ARG.n - 1)) or {} }
end

function questions.recent()
  local limit = math.min(ARG.n, num('keep'))
  return limit > 0 and pasts(K.history, limit) or {}
end

function questions.profile()
  return { view(P.profile(ARG.p)) }
end

-- Whether more may be known of a profile than home and rule: only such are taken apart, of those at rest there may be thousands. One that
-- somebody waits for has an owner or a block, or is ready.
local STIRS = { '"o":', '"va":', '"q":', '"co":', '"ou":', '"kp":', '"rd":' }

local function may_stir(text)
  for _, field in ipairs(STIRS) do
    if string.find(text, field, 1, true) then
      return true
    end
  end
  return false
end

function questions.profiles()
  local views = {}
  local all = call('HGETALL', K.profiles)
  for i = 1, #all, 2 do
    if may_stir(all[i + 1]) then
      local p = P.profile(all[i])
      if #p.o > 0 or p.va or P.blocks(p)[1] or P.line_size(p) > 0 then
        views[#views + 1] = view(p)
      end
    end
  end
  return views
end

function questions.loadtest()
  return M.lt and { M.lt } or {}
end

function questions.past()
  local from, to = P.lex(ARG.p)
  local texts = {}
  if ARG.n == 0 then
    return texts
  end
  local is_readable = P.readable(K.records)
  for _, entry in ipairs(call('ZREVRANGEBYLEX', K.pasts, to, from, 'LIMIT', 0, ARG.n)) do
    local at, number = string.match(entry, '|(%d+)-(%d+)$')
    local id = int(tonumber(at)) .. '-' .. int(tonumber(number))
    local found = is_readable(id) and call('XRANGE', K.records, id, id)[1]
    if found then
      texts[#texts + 1] = found[2][2]
    end
  end
  return texts
end

-- Tickets of the member's leases with what they got, then those in line.
function questions.mine()
  local leases, waiters = {}, {}
  local known = P.is_member(ME) and not P.other_life
  local from, to = P.lex(ME)
  for _, entry in ipairs(call('ZRANGEBYLEX', K.mine, from, to)) do
    local kind, number = string.match(entry, '|(.)|([^|]*)$')
    local ticket = ME .. '/' .. number
    if kind == 'W' then
      waiters[#waiters + 1] = ticket -- nothing else is asked of them, and they may be thousands
    else
      leases[#leases + 1] = cjson.encode({ t = ticket, g = P.grant_facts(P.request(ticket)) })
    end
  end
  return { known and 1 or 0, leases, waiters, known and P.own_load_test() or '' }
end

function STEP.read()
  if not P.open(true) then
    return false
  end
  return { int(now), questions[ARG.k]() }
end
