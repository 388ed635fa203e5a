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

-- Takes the oldest away that are not to be read, as many as one step may. Returns how many, those that can be read still, each with
-- its id, and the id of one that is damaged.
local function trim(key, is_sound)
  local too_many = surplus(key)
  local at_most = math.min(math.max(too_many, TRIM_EVERY), TRIM_AT_MOST)
  local ids, sound, broken = {}, {}, nil
  for i, entry in ipairs(call('XRANGE', key, '-', '+', 'COUNT', at_most)) do
    local id = entry[1]
    if i > too_many and not P.is_old(id) then
      break
    end
    ids[i] = id
    local read, value = pcall(cjson.decode, entry[2][2])
    if read and type(value) == 'table' and is_sound(value) then
      sound[#sound + 1] = { id, value }
    else
      broken = id
    end
  end
  if #ids > 0 then
    call('XDEL', key, unpack(ids))
  end
  return #ids, sound, broken
end

local function has_request(r)
  return type(r.b) == 'table' and r.b.id
end

-- Returns how many went.
function P.trim_history()
  local count, gone, broken = trim(K.history, has_request)
  local names, unnamed = {}, {}
  for i, entry in ipairs(gone) do
    names[i] = entry[2].b.id
  end
  if #names > 0 then
    for i, id in ipairs(call('HMGET', K.ended, unpack(names))) do
      if id == gone[i][1] then -- else somebody else of that name has ended since
        unnamed[#unnamed + 1] = names[i]
      end
    end
  end
  if #unnamed > 0 then
    call('HDEL', K.ended, unpack(unnamed))
  end
  return broken and damaged('history', broken, 'its JSON') or count
end

-- All that is not to be read. Returns how many.
function P.forget_history()
  local sum = 0
  repeat
    local gone = P.trim_history()
    sum = sum + gone
  until gone == 0
  return sum
end

local function has_profile(record)
  return record.p
end

local function trim_records()
  local count, gone, broken = trim(K.records, has_profile)
  local entries = {}
  for i, entry in ipairs(gone) do
    entries[i] = entry[2].p .. '|' .. P.sortable(entry[1])
  end
  if #entries > 0 then
    call('ZREM', K.pasts, unpack(entries))
  end
  return broken and damaged('records', broken, 'its JSON') or count
end

-- Takes away what a smaller history has no room for, as much as one step may take; what is left goes faster than it comes.
function P.shrink_past()
  for _ = 1, BUDGET do
    if P.trim_history() + trim_records() == 0 then
      return
    end
  end
end

-- When the step is done: what is found damaged stops no half of it.
function P.trim_past()
  P.trim_history()
  trim_records()
end

local function add(key, text)
  local number = num('entries') + 1
  set('entries', int(number))
  local id = int(now) .. '-' .. int(number)
  call('XADD', key, id, 'j', text)
  to_trim = to_trim or number % TRIM_EVERY == 0 or num('keep') == 0
  return id
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
end

function P.record(profile, kind, who, note, lock, ended)
  local id = add(K.records, cjson.encode({ p = profile, k = kind, at = now, who = who, no = note, l = lock, s = ended }))
  call('ZADD', K.pasts, '0', profile .. '|' .. P.sortable(id))
end
