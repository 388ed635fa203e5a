-- The lives of the data. A server that was restarted, or a replica that was promoted, may have lost what was last written: members
-- come back with what they have, nothing is granted meanwhile, and what nobody claims is lost.

local function new_epoch(life)
  set('life', life)
  set('epoch', life .. '-' .. int(micros))
end

local function recover(earliest, latest)
  set('rec', int(earliest))
  set('reclast', int(math.max(earliest, latest)))
  P.call_everybody()
end

-- The data has survived, perhaps in an older state: those whom it names are expected.
function P.begin_epoch(life)
  new_epoch(life)
  call('ZUNIONSTORE', K.suspects, 2, K.suspects, K.members)
  call('DEL', K.members)
  members = {}
  recover(now + num('win'), now + num('ttl') + num('grace'))
end

-- There is no data: a new pool, or one that has lost it. It is new if no member comes back to it, or listens, or could not have
-- come back yet because its server has only just started.
function P.create(settings, comes_back)
  for name, key in pairs(K) do
    if call('EXISTS', key) == 1 then
      damaged('meta', 'v', 'the format: ' .. key .. ' exists without it')
    end
  end
  local life, seconds, one_of_many = P.server_life()
  micros = P.server_micros()
  M = { v = FORMAT, clock = '0', seen = int(math.floor(micros / 1000)), arrivals = '0', token = '0', entries = '0', types = '0', next = '0' }
  for field, value in pairs(settings) do
    M[field] = value
  end
  for field, value in pairs(M) do
    dirty[field] = value
  end
  new_epoch(life)
  if comes_back or one_of_many or call('PUBSUB', 'NUMSUB', P.channel('all'))[2] > 0 then
    recover(now + num('win'), 0)
  elseif (seconds - 1) * 1000 < num('win') then -- whole seconds, and up to one too many
    recover(now + num('win') - math.max(0, seconds - 1) * 1000, 0)
  end
end

-- Not before everybody had a chance; then with the last of those who are expected; at the latest when nobody can hold anything.
function P.recovery_ends()
  return num(call('EXISTS', K.suspects) == 1 and 'reclast' or 'rec')
end

local function lose(r, member)
  P.stop(r, 'LOST', 'its member ' .. member .. ' did not come back after the store was restarted')
  P.due_at(r, now)
end

local function mourn(member, budget)
  P.load_test_gone(member, 'its member did not come back')
  for _, kind in ipairs({ 'W', 'L', 'S' }) do
    for _, r in ipairs(P.own(member, kind, kind ~= 'S' and budget + 1 or nil)) do
      if kind == 'W' or kind == 'L' or P.due_of(r) > now then
        if budget == 0 then
          return budget, false
        end
        budget = budget - 1
        if kind == 'W' then
          P.leave_line(r, 'ABANDONED', 'its member did not come back')
        else
          lose(r, member)
        end
      end
    end
  end
  return budget, true
end

-- Ends the recovery when it is time. Returns what is left of the budget, and whether it sufficed.
function P.end_recovery(budget)
  if not M.rec or now < P.recovery_ends() then
    return budget, true
  end
  local done = true
  for _, member in ipairs(call('ZRANGE', K.suspects, 0, -1)) do
    if not P.is_member(member) then
      budget, done = mourn(member, budget)
    end
    if not done then
      return budget, false
    end
    call('ZREM', K.suspects, member)
    P.bury_the_last(member)
  end
  for _, field in ipairs({ 'rec', 'reclast' }) do
    M[field], dirty[field] = nil, nil
    call('HDEL', K.meta, field)
  end
  return budget, true
end
