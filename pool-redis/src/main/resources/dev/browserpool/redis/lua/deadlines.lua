-- What is due, and when: leases, blocks of profiles, members. `next` of meta is never later than the first of all deadlines: while it lies
-- ahead nothing is due, and nothing has to be looked for. It may be earlier, until a sign of life or something that is due sets it right.

local NEVER = 2 ^ 53

function P.put_due(key, at, entry)
  call('ZADD', key, int(at), entry)
  if at < num('next') then
    set('next', int(at))
  end
end

function P.drop_due(key, entry)
  call('ZREM', key, entry)
end

-- The first entry whose time has come.
function P.first_due(key)
  return call('ZRANGEBYSCORE', key, '-inf', int(now), 'LIMIT', 0, 1)[1]
end

function P.look_ahead()
  local due = NEVER
  for _, key in ipairs({ K.leases, K.due, K.members }) do
    local first = call('ZRANGE', key, 0, 0, 'WITHSCORES')
    due = math.min(due, tonumber(first[2] or NEVER))
  end
  set('next', int(due))
end

-- In how many milliseconds the pool has something to do by itself; empty for never.
function P.next_due()
  local due = num('next')
  if M.rec then
    due = math.min(due, P.recovery_ends())
  end
  return due < NEVER and int(math.max(0, due - now)) or ''
end

-- Of many members only some are told, by lot: one of them is enough, and if all knew, all would come at the same moment.
local TOLD_OF_DUES = 16

function P.is_told_of_dues()
  local members = call('ZCARD', K.members)
  return members <= TOLD_OF_DUES or micros % members < TOLD_OF_DUES
end
