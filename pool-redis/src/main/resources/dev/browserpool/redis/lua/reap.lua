-- What is due: leases whose time is over, blocks that end, members that gave no sign of life. Within a budget for each step.

-- Ends what waits and stops what runs; false if the budget ran out. The member is forgotten with its last lease.
local function bury(member, budget)
  P.load_test_gone(member, 'its member died')
  for _, kind in ipairs({ 'W', 'L' }) do
    for _, r in ipairs(P.own(member, kind, budget + 1)) do
      if budget == 0 then
        return 0, false
      end
      budget = budget - 1
      if kind == 'W' then
        P.leave_line(r, 'ABANDONED', 'its member died')
      else
        P.stop(r, 'LOST', 'its member ' .. member .. ' died')
      end
    end
  end
  P.dismiss(member)
  P.bury_the_last(member)
  return budget, true
end

function P.bury_the_last(member)
  if not P.is_member(member) then
    local from, to = P.lex(member)
    if call('ZLEXCOUNT', K.mine, from, to) == 0 then
      call('HDEL', K.hosts, member)
    end
  end
end

-- Returns whether the budget ran out.
local function reap(budget)
  local lease = P.first_due(K.leases)
  while lease do
    if budget == 0 then
      return true
    end
    budget = budget - 1
    local r = P.request(string.match(lease, '|(.*)$'))
    if r.s == 'S' then
      P.pass_on(r)
    else
      P.stop(r, 'EXPIRED', 'it was held for longer than ' .. P.duration(r.e - r.g))
    end
    lease = P.first_due(K.leases)
  end
  local entry = P.first_due(K.due)
  while entry do
    if budget == 0 then
      return true
    end
    budget = budget - 1
    P.lapse(entry)
    entry = P.first_due(K.due)
  end
  local done
  local member = P.first_due(K.members)
  while member do
    budget, done = bury(member, budget)
    if not done then
      return true
    end
    member = P.first_due(K.members)
  end
  return false
end

-- Does what is due. Returns whether the budget ran out.
function P.reap()
  local budget, done = P.end_recovery(BUDGET)
  if not done then
    return true
  end
  if num('next') > now then
    return false
  end
  local more = reap(budget)
  P.look_ahead()
  return more
end

-- As java.time.Duration prints it.
function P.duration(millis)
  local seconds = millis / 1000
  local h, m = math.floor(seconds / 3600), math.floor(seconds % 3600 / 60)
  local s = seconds % 60
  local text = 'PT' .. (h > 0 and int(h) .. 'H' or '') .. (m > 0 and int(m) .. 'M' or '')
  if s > 0 or text == 'PT' then
    text = text .. (s % 1 == 0 and int(s) or (string.gsub(string.format('%.3f', s), '0+$', ''))) .. 'S'
  end
  return text
end
