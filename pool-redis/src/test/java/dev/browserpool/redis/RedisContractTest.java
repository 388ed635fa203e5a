package dev.browserpool.redis;

import dev.browserpool.contract.AdmissionContract;
import dev.browserpool.contract.ChildContract;
import dev.browserpool.contract.Cluster;
import dev.browserpool.contract.ComebackContract;
import dev.browserpool.contract.ConflictContract;
import dev.browserpool.contract.EventContract;
import dev.browserpool.contract.ExtensionContract;
import dev.browserpool.contract.FairnessContract;
import dev.browserpool.contract.FaultContract;
import dev.browserpool.contract.LeaseContract;
import dev.browserpool.contract.LedgerContract;
import dev.browserpool.contract.LifeContract;
import dev.browserpool.contract.LimitContract;
import dev.browserpool.contract.LineContract;
import dev.browserpool.contract.LoadTestByTimeContract;
import dev.browserpool.contract.LoadTestContract;
import dev.browserpool.contract.LoadTestFaultContract;
import dev.browserpool.contract.MemberContract;
import dev.browserpool.contract.OnStaleContract;
import dev.browserpool.contract.OutOfReachContract;
import dev.browserpool.contract.OutlookContract;
import dev.browserpool.contract.OwnershipContract;
import dev.browserpool.contract.ParkContract;
import dev.browserpool.contract.PeopleContract;
import dev.browserpool.contract.ProfileContract;
import dev.browserpool.contract.ProfileLedgerContract;
import dev.browserpool.contract.RestartContract;
import dev.browserpool.contract.RestartRacesContract;
import dev.browserpool.contract.StaleProfileContract;
import dev.browserpool.contract.StatusContract;
import dev.browserpool.contract.TakeBackContract;
import dev.browserpool.contract.TimeoutContract;
import org.junit.jupiter.api.Nested;

/** The store in Redis keeps the contract. */
class RedisContractTest {

    @Nested
    class Fairness extends FairnessContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Limit extends LimitContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Timeout extends TimeoutContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Lease extends LeaseContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class TakeBack extends TakeBackContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Line extends LineContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Profile extends ProfileContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class StaleProfile extends StaleProfileContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Child extends ChildContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Member extends MemberContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Comeback extends ComebackContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Life extends LifeContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Status extends StatusContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Event extends EventContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Fault extends FaultContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class OutOfReach extends OutOfReachContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class AtTheSeam extends LedgerContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class OnStale extends OnStaleContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class People extends PeopleContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Park extends ParkContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Extension extends ExtensionContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Ownership extends OwnershipContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Conflict extends ConflictContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class ProfilesAtTheSeam extends ProfileLedgerContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Restart extends RestartContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class RestartRaces extends RestartRacesContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class LoadTest extends LoadTestContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class LoadTestFault extends LoadTestFaultContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Admission extends AdmissionContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class Outlook extends OutlookContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }

    @Nested
    class LoadTestByTime extends LoadTestByTimeContract {
        @Override
        protected Cluster newCluster() {
            return new RedisCluster();
        }
    }
}
