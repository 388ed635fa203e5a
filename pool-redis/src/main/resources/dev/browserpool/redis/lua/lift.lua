-- What operators decide to end something, or by a mere number: that gets through when memory is short. ARG: as in govern.lua, of which
-- this is a part of its acts.

function STEP.lift()
  P.relieve()
  return STEP.govern()
end
