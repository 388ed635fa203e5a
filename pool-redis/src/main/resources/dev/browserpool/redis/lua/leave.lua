-- A member goes: nothing of it stays behind.

if not P.open() then
  return P.nobody()
end
local more = P.reap()
local known = call('ZSCORE', K.members, ME)
if known then
  local from, to = P.lex(ME)
  for _, entry in ipairs(call('ZRANGEBYLEX', K.mine, from, to)) do
    local kind, number = string.match(entry, '|(.)|([^|]*)$')
    local r = P.request(ME .. '/' .. number)
    if r and kind == 'W' then
      P.leave_line(r, 'CANCELLED', 'its pool was closed')
    elseif r then
      P.abandon(r, 'its pool was closed')
    end
  end
  call('ZREM', K.members, ME)
  P.bury_the_last(ME)
end
more = P.serve() or more
return P.reply({ k = known and 'Y' or 'N' }, more)
