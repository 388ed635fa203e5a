-- The load test that has the pool to itself: nothing is granted meanwhile. It stands with the settings, which every step reads
-- anyway: t the ticket under which its member holds it (none if it lives by its time alone), r run, who, si since, un until.

local DUE = '|lt' -- as a block of no profile

function P.load_test()
  return M.lt and stored('meta', 'lt', M.lt) or nil
end

function P.set_load_test(one)
  set('lt', cjson.encode(one))
  P.put_due(K.due, one.un, DUE)
end

local function is_of(member)
  local one = P.load_test()
  return one and one.t and P.member_of(one.t) == member
end

-- Its holder is told in which state it ended, unless that is nil because he knows.
function P.end_load_test(state, by, why)
  local one = P.load_test()
  M.lt, dirty.lt = false, nil
  call('HDEL', K.meta, 'lt')
  P.drop_due(K.due, DUE)
  P.record('', 'LOAD_TEST', by, why, one)
  if state and one.t then
    P.tell_end(one, { s = state, m = why })
  end
end

function P.load_test_gone(member, why)
  if is_of(member) then
    P.end_load_test('LOST', 'the pool', why)
  end
end

-- The ticket under which the calling member holds it.
function P.own_load_test()
  return is_of(ME) and P.load_test().t or nil
end

-- What a member that came back claims: t, r, who, g how long ago it began, e when it ends. False if it is not its own any more.
function P.claim_load_test(claim, is_last)
  local one = P.load_test()
  if not claim then
    if is_last then
      P.load_test_gone(ME, 'its holder came back without it')
    end
    return true
  end
  local is_same = one and one.t == claim.t
  local is_better = one and (is_of(ME) or now - claim.g > one.si)
  if not is_same and (not M.rec or (one and not is_better)) then
    return false
  end
  if one and not is_same then
    P.end_load_test('LOST', 'the pool', 'load test ' .. claim.r .. ', which is younger, came back')
  end
  P.set_load_test({ t = claim.t, r = claim.r, who = claim.who, si = now - claim.g, un = now + claim.e })
  return true
end
