-- A member goes: nothing of it stays behind.

function STEP.leave()
  P.relieve()
  if not P.open() then
    return P.nobody()
  end
  local more = P.reap()
  local known = call('ZSCORE', K.members, ME) or call('ZSCORE', K.suspects, ME)
  if known then
    P.load_test_gone(ME, 'its pool was closed')
    for _, kind in ipairs({ 'L', 'S', 'W' }) do
      for _, r in ipairs(P.own(ME, kind)) do
        if P.request(r.t) == nil then
          -- it has ended with its parent
        elseif kind == 'W' then
          P.leave_line(r, 'CANCELLED', 'its pool was closed')
        else
          P.abandon(r, 'its pool was closed')
        end
      end
    end
    P.dismiss(ME)
    call('ZREM', K.suspects, ME)
    P.bury_the_last(ME)
  end
  more = P.serve() or more
  return P.reply({ k = known and 'Y' or 'N' }, more)
end
