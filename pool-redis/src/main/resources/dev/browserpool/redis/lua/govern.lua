-- What operators decide, for the whole pool or for one profile. ARG: k what, and its facts.

local function done(number)
  return { k = 'D', n = number }
end

local function setting(field, value)
  local before = num(field)
  set(field, int(value))
  return done(before)
end

local function end_other_proxies(p, required)
  local others = {}
  for _, r in ipairs(P.line_of(p)) do
    if r.b.px and r.b.px ~= required then
      others[#others + 1] = r
    end
  end
  for _, r in ipairs(others) do
    P.tell_end(r, P.leave_line(r, 'CANCELLED',
      'the rule of profile ' .. p.p .. ' now demands proxy ' .. required .. ', not ' .. r.b.px))
  end
end

local acts = {}

function acts.resize()
  return setting('cap', ARG.n)
end

function acts.line()
  return setting('maxq', ARG.n)
end

function acts.pause()
  local running = M.paused and 0 or 1
  set('paused', ARG.m)
  return done(running)
end

function acts.resume()
  if not M.paused then
    return done(0)
  end
  M.paused, dirty.paused = nil, nil
  call('HDEL', K.meta, 'paused')
  return done(1)
end

-- ARG: t ticket of the holder, if there is one, r run, who, u for how long.
function acts.begintest()
  local test = P.load_test()
  local is_own = not ARG.t or (P.member_of(ARG.t) == ME and P.is_member(ME))
  if M.rec or not is_own then
    return { k = '?' } -- others may be about to come back
  end
  if test and not (test.t == ARG.t and (ARG.t or test.r == ARG.r)) then
    return { k = 'T', lt = test }
  end
  if not test or not ARG.t then
    test = { t = ARG.t, r = ARG.r, who = ARG.who, si = test and test.si or now, un = now + ARG.u }
    P.set_load_test(test)
  end
  return { k = 'T', lt = test, y = true }
end

-- ARG: t or r which, any if neither is given, who, m why.
function acts.endtest()
  local test = P.load_test()
  if M.rec then
    return { k = '?' } -- it may be about to come back
  end
  if not test then
    return done(0)
  end
  local is_meant
  if ARG.t then
    is_meant = test.t == ARG.t
  else
    is_meant = not ARG.r or (not test.t and test.r == ARG.r)
  end
  if is_meant then
    P.end_load_test(not ARG.t and 'REVOKED' or nil, ARG.who, ARG.m)
  end
  return { k = 'T', lt = test, y = is_meant or nil }
end

function acts.forget()
  local age = num('age')
  P.forget_history() -- what nobody could see any more does not count
  M.age = ARG.age
  local seen = P.forget_history()
  M.age = int(age)
  return done(seen)
end

function acts.rule()
  local p = P.profile(ARG.p)
  local before = p.r and p.r.n or 1
  p.r = ARG.r
  p.lr = nil
  P.touch(p)
  if ARG.r and ARG.r.px then
    end_other_proxies(p, ARG.r.px)
  end
  P.refresh(p)
  return done(before)
end

function acts.checkout()
  local p = P.profile(ARG.p)
  if M.rec then
    return { k = '?' } -- its owner may be about to come back
  end
  if #p.o > 0 or (p.co and p.co.who ~= ARG.who) then
    return { k = 'B', b = P.busy(p) }
  end
  P.check_out(p, ARG.who, ARG.m, now + ARG.u)
  return { k = 'O', b = p.co }
end

function acts.extend()
  local p = P.profile(ARG.p)
  if not p.co or p.co.who ~= ARG.who then
    return { k = 'B', b = P.busy(p) }
  end
  P.extend_check_out(p, ARG.u, ARG.m)
  return { k = 'O', b = p.co }
end

function acts.checkin()
  local p = P.profile(ARG.p)
  if not p.co or p.co.who ~= ARG.who then
    return done(0)
  end
  P.check_in(p, ARG.m)
  return done(1)
end

function acts.quarantine()
  return done(P.quarantine(P.profile(ARG.p), ARG.who, ARG.m) and 1 or 0)
end

function acts.clear()
  return done(P.clear(P.profile(ARG.p), ARG.who, ARG.m) and 1 or 0)
end

function STEP.govern()
  if not P.open() then
    return P.nobody()
  end
  local more = P.reap()
  local result = acts[ARG.k]()
  more = P.serve() or more
  return P.reply(result, more)
end
