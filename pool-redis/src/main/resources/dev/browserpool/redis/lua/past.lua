-- What has ended: requests, and what happened to profiles. Bounded by number and by age. What is beyond that is not read any more, and
-- goes some time later, many at a time.

local TRIM_EVERY = 64
local TRIM_AT_MOST = 256
local TIMES = 1000 -- of which percentiles are made

function P.sortable(id)
  local at, number = string.match(id, '^(.*)%-(.*)$')
  return int16(tonumber(at)) .. '-' .. int16(tonumber(number))
end

function P.is_old(id)
  return now - tonumber(string.match(id, '^(.*)%-')) > num('age')
end

local function surplus(key)
  return call('XLEN', key) - num('keep')
end

-- What says of an entry's id whether it is to be read.
function P.readable(key)
  local too_many = surplus(key)
  local last = too_many > 0 and call('XRANGE', key, '-', '+', 'COUNT', too_many)[too_many]
  local hidden = last and P.sortable(last[1]) or ''
  return function(id)
    return not P.is_old(id) and P.sortable(id) > hidden
  end
end

-- Takes the oldest away that are not to be read, as many as one step may.
local function trim(key)
  local too_many = surplus(key)
  local at_most = math.min(math.max(too_many, TRIM_EVERY), TRIM_AT_MOST)
  local gone, ids = {}, {}
  for i, entry in ipairs(call('XRANGE', key, '-', '+', 'COUNT', at_most)) do
    if i > too_many and not P.is_old(entry[1]) then
      break
    end
    gone[i], ids[i] = entry, entry[1]
  end
  if #ids > 0 then
    call('XDEL', key, unpack(ids))
  end
  return gone
end

-- Returns how many went.
function P.trim_history()
  local gone = trim(K.history)
  if #gone == 0 then
    return 0
  end
  local names, unnamed = {}, {}
  for i, entry in ipairs(gone) do
    names[i] = stored('history', entry[1], entry[2][2]).b.id
  end
  for i, id in ipairs(call('HMGET', K.ended, unpack(names))) do
    if id == gone[i][1] then -- else somebody else of that name has ended since
      unnamed[#unnamed + 1] = names[i]
    end
  end
  if #unnamed > 0 then
    call('HDEL', K.ended, unpack(unnamed))
  end
  return #gone
end

local function trim_records()
  local gone = trim(K.records)
  local entries = {}
  for i, entry in ipairs(gone) do
    entries[i] = stored('records', entry[1], entry[2][2]).p .. '|' .. P.sortable(entry[1])
  end
  if #entries > 0 then
    call('ZREM', K.pasts, unpack(entries))
  end
end

local function add(key, text)
  local number = num('entries') + 1
  set('entries', int(number))
  local id = int(now) .. '-' .. int(number)
  call('XADD', key, id, 'j', text)
  return id
end

-- After each that was added.
local function now_and_then()
  if num('entries') % TRIM_EVERY == 0 then
    P.trim_history()
    trim_records()
  end
end

function P.remember(r, state, reason)
  r.rf, r.c, r.ch = nil, nil, nil
  r.s = state
  r.re = reason
  local id = add(K.history, cjson.encode(r))
  call('HSET', K.ended, r.b.id, id)
  if r.tok then
    if call('LPUSH', K.times, int(r.g - r.q) .. ' ' .. int(now - r.g)) > TIMES + TRIM_EVERY then
      call('LTRIM', K.times, 0, TIMES - 1)
    end
  end
  now_and_then()
end

function P.record(profile, kind, who, note, lock, ended)
  local id = add(K.records, cjson.encode({ p = profile, k = kind, at = now, who = who, no = note, l = lock, s = ended }))
  call('ZADD', K.pasts, '0', profile .. '|' .. P.sortable(id))
  now_and_then()
end
