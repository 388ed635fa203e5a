-- A member comes. ARG: h host, p process, set the settings of a new pool, ch those of them that this member was told to have.

local function change_settings()
  local changed = {}
  for _, field in ipairs(ARG.ch) do
    if M[field] ~= ARG.set[field] then
      changed[field] = M[field]
      set(field, ARG.set[field])
    end
  end
  if changed.keep then
    P.shrink_past()
  end
  return next(changed) and changed or nil
end

function STEP.join()
  if not P.open() then
    P.create(ARG.set)
  end
  local more = P.reap()
  local before
  if not P.is_member(ME) then
    before = change_settings()
    P.renew(ME, { h = ARG.h, p = ARG.p })
  end
  local result = P.joined()
  result.was = before
  result.mem = call('ZCARD', K.members) - 1
  more = P.serve() or more
  return P.reply(result, more, not P.is_told_of_dues())
end
