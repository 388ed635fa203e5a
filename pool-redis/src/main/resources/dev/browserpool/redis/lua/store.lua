-- What every step begins with: the keys, what was read so far, and what is to be written when the step is done. This text runs once for
-- each step of a script, but once in a server's life for a library of functions: whatever belongs to one step is made in P.begin.
-- KEYS: as in Keys.java, in that order. ARGV: 1 a clock for tests, 2 the calling member, 3 the arguments as JSON.

local KEY_NAMES = { 'waiting', 'ready', 'lines', 'leases', 'slots', 'mine', 'due', 'requests', 'ids', 'profiles',
  'members', 'suspects', 'hosts', 'meta', 'tally', 'times', 'history', 'ended', 'records', 'pasts' }
local BUDGET = 64
local FORMAT = '1'
local NUMBERS = { 'clock', 'seen', 'ttl', 'cap', 'token', 'next' } -- without which no step can be taken

local STEP = {} -- what members ask for: each in a file of its own
local P = {} -- the moves of which they are made
local K = {} -- the keys by their names
local call, TOLD, ME, ARG -- the server; what a test says of its clock; the calling member; its arguments
local M -- the pool-wide settings and counters, as strings; false if there is no such
local dirty -- those of them that changed
local now -- the pool's clock, in milliseconds
local micros -- the server's, in microseconds
local looks -- whether nothing may be written
local requests, changed_requests
local profiles, changed_profiles
local counts -- what to add to the tally
local used -- how many slots are taken, once that was asked
local to_trim -- whether it is time to forget what has ended
local members -- which of them are, as far as that was asked
local told, told_others -- signals for the caller, and for other members
local sent -- how many of them went out
local whole, whole16 -- how whole numbers are printed: %d is much quicker, but servers of 32 bits cut off what they print so

function P.begin(keys, argv)
  if K[KEY_NAMES[1]] ~= keys[1] then -- else it is the same pool as the step before
    for i, name in ipairs(KEY_NAMES) do
      K[name] = keys[i]
    end
  end
  call, TOLD, ME, ARG = redis.call, argv[1], argv[2], cjson.decode(argv[3])
  M, dirty, now, micros, looks = {}, {}, 0, 0, false
  requests, changed_requests, profiles, changed_profiles = {}, {}, {}, {}
  counts, told, told_others, sent = {}, {}, {}, 0
  used, members, to_trim = nil, {}, false
  P.other_life = nil
  if not whole then
    local is_wide = string.format('%d', 2 ^ 53) == '9007199254740992'
    whole, whole16 = is_wide and '%d' or '%.0f', is_wide and '%016d' or '%016.0f'
  end
end

-- tostring keeps 14 digits only.
local function int(n)
  return string.format(whole, n)
end

-- So that the order of texts is that of numbers.
local function int16(n)
  return string.format(whole16, n)
end

-- Ends the script with what should stand in a field of a key; see Complaint.java. What was begun is written down first: nothing is
-- half done when somebody has repaired the damage.
local function damaged(key, field, expected)
  P.save()
  error('BPDAMAGED ' .. key .. ' ' .. field .. ' ' .. expected, 0)
end

local function num(field)
  return tonumber(M[field]) or damaged('meta', field, 'a number')
end

-- What was stored as JSON under a field that its own member `id` repeats.
local function stored(key, field, text, id)
  local read, value = pcall(cjson.decode, text)
  return read and type(value) == 'table' and (not id or value[id] == field) and value or damaged(key, field, 'its JSON')
end

local function set(field, value)
  M[field] = value
  dirty[field] = value
end

-- What few steps want is read when it is wanted.
local READ_LATER = {
  __index = function(settings, field)
    local value = call('HGET', K.meta, field)
    settings[field] = value
    return value
  end,
}

-- Reads the pool; false if there is none. Who only looks leaves it to others to see that the store has forgotten something.
function P.open(only_looks)
  looks = only_looks
  local raw = call('HMGET', K.meta, 'v', 'life', 'clock', 'seen', 'ttl', 'cap', 'token', 'paused', 'rec', 'arrivals', 'entries', 'keep', 'next',
    'lt', 'run')
  if not raw[1] and call('EXISTS', K.meta) == 0 then
    return false
  end
  M = setmetatable({ v = raw[1], life = raw[2], clock = raw[3], seen = raw[4], ttl = raw[5], cap = raw[6], token = raw[7],
    paused = raw[8], rec = raw[9], arrivals = raw[10], entries = raw[11], keep = raw[12], next = raw[13],
    lt = raw[14], run = raw[15] }, READ_LATER)
  if M.v ~= FORMAT then
    error('BPFORMAT ' .. tostring(M.v) .. ' ' .. FORMAT, 0)
  end
  for _, field in ipairs(NUMBERS) do
    num(field)
  end
  P.advance()
  local life = P.server_life(M.life)
  if M.life ~= life then
    P.other_life = true
    if not only_looks then
      P.begin_epoch(life)
    end
  end
  return true
end

-- A script that begins with a delete is not refused for want of memory: signs of life and ends must get through.
function P.relieve()
  call('HDEL', K.meta, '-')
end

function P.advance()
  micros = P.server_micros()
  local seen = math.floor(micros / 1000)
  local step = math.min(math.max(seen - num('seen'), 0), math.max(1, math.floor(num('ttl') / 3)))
  now = num('clock') + step
  set('clock', int(now))
  set('seen', int(seen))
end

function P.request(ticket)
  local r = requests[ticket]
  if r == nil then
    local raw = call('HGET', K.requests, ticket)
    if not raw then
      return nil
    end
    r = stored('requests', ticket, raw, 't')
    requests[ticket] = r
  end
  return r or nil
end

function P.keep(r)
  requests[r.t] = r
  changed_requests[r.t] = true
end

function P.drop(r)
  requests[r.t] = false
  changed_requests[r.t] = true
end

-- A profile that nobody has heard of yet is as good as any other; it is written only if there is something to remember.
function P.profile(id)
  local p = profiles[id]
  if p == nil then
    local raw = call('HGET', K.profiles, id)
    p = raw and stored('profiles', id, raw, 'p') or { p = id }
    p.o = p.o or {}
    profiles[id] = p
  end
  return p
end

function P.touch(p)
  changed_profiles[p.p] = true
end

function P.count(field, by)
  counts[field] = (counts[field] or 0) + by
end

function P.tell(r, signal)
  local member = P.member_of(r.t)
  if member == ME then
    told[#told + 1] = cjson.encode(signal)
  else
    told_others[#told_others + 1] = { member, signal }
  end
end

function P.member_of(ticket)
  return string.match(ticket, '^(.*)/')
end

-- To look at several and write them is two commands, to add to them as many as they are.
local function save_counts()
  local fields = {}
  for field, by in pairs(counts) do
    if by ~= 0 then
      fields[#fields + 1] = field
    end
  end
  local before = #fields > 2 and call('HMGET', K.tally, unpack(fields))
  local sums, others = {}, {}
  for i, field in ipairs(fields) do
    if before and string.match(before[i] or '0', '^%-?%d+$') then
      sums[#sums + 1] = field
      sums[#sums + 1] = int(tonumber(before[i] or 0) + counts[field])
    else
      others[#others + 1] = field
    end
  end
  if #sums > 0 then
    call('HSET', K.tally, unpack(sums))
  end
  for _, field in ipairs(others) do
    call('HINCRBY', K.tally, field, counts[field]) -- which says what is wrong with one that is no number
  end
end

function P.save()
  if looks then
    return
  end
  for ticket in pairs(changed_requests) do
    if requests[ticket] then
      call('HSET', K.requests, ticket, cjson.encode(requests[ticket]))
    else
      call('HDEL', K.requests, ticket)
    end
  end
  for id in pairs(changed_profiles) do
    local p = profiles[id]
    if P.is_blank(p) then
      call('HDEL', K.profiles, id)
    else
      if #p.o == 0 then
        p.o = nil
      end
      call('HSET', K.profiles, id, cjson.encode(p))
    end
  end
  save_counts()
  local fields = {}
  for field, value in pairs(dirty) do
    fields[#fields + 1] = field
    fields[#fields + 1] = value
  end
  if #fields > 0 then
    call('HSET', K.meta, unpack(fields))
  end
  changed_requests, changed_profiles, counts, dirty = {}, {}, {}, {} -- so that it may be called again
end

function P.channel(name)
  return string.sub(K.waiting, 1, -8) .. name
end

local function publish(channel, message)
  message.n = int(now)
  sent = sent + call('PUBLISH', P.channel(channel), cjson.encode(message))
end

-- Nobody may come late because nobody told him.
function P.call_everybody()
  publish('all', { k = 'J' })
end

-- The end of every changing script: {result, now, next due, more, how many messages went out, signals for the caller…}. Who is not told
-- of what is due hears that it is never.
function P.reply(result, more, is_not_told)
  P.save()
  for _, message in ipairs(told_others) do
    publish('to:' .. message[1], message[2])
  end
  if to_trim then
    P.trim_past()
  end
  local reply = { cjson.encode(result), int(now), is_not_told and '' or P.next_due(), more and 1 or 0, sent }
  for _, signal in ipairs(told) do
    reply[#reply + 1] = signal
  end
  return reply
end
