-- What has ended: requests, and what happened to profiles. Bounded by number and by age, the oldest go first.

local function trim(key, first_gone)
  while true do
    local oldest = call('XRANGE', key, '-', '+', 'COUNT', 1)[1]
    if not oldest then
      return
    end
    local at = tonumber(string.match(oldest[1], '^(.*)%-'))
    if call('XLEN', key) <= num('keep') and now - at <= num('age') then
      return
    end
    call('XDEL', key, oldest[1])
    first_gone(oldest[1], oldest[2][2])
  end
end

-- What is too old is not read, so it may stay for a while.
local TRIM_EVERY = 64
local TIMES = 1000 -- of which percentiles are made

local function add(key, text)
  local number = num('entries') + 1
  set('entries', int(number))
  local id = int(now) .. '-' .. int(number)
  call('XADD', key, id, 'j', text)
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
  if num('entries') % TRIM_EVERY == 0 or call('XLEN', K.history) > num('keep') then
    P.trim_history()
  end
end

function P.trim_history()
  trim(K.history, function(id, text)
    local request = stored('history', id, text).b.id
    if call('HGET', K.ended, request) == id then
      call('HDEL', K.ended, request)
    end
  end)
end

function P.record(profile, kind, who, note, lock, ended)
  local id = add(K.records, cjson.encode({ p = profile, k = kind, at = now, who = who, no = note, l = lock, s = ended }))
  call('ZADD', K.pasts, 0, profile .. '|' .. P.sortable(id))
  trim(K.records, function(gone, text)
    call('ZREM', K.pasts, stored('records', gone, text).p .. '|' .. P.sortable(gone))
  end)
end

function P.sortable(id)
  local at, number = string.match(id, '^(.*)%-(.*)$')
  return int16(tonumber(at)) .. '-' .. int16(tonumber(number))
end
