package dev.browserpool.redis.processes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tokens never repeat, and grow: whoever asked after a lease was seen gets a greater one than that lease's. */
final class TokenCheck {
    private TokenCheck() {}

    static List<String> violations(List<Tenure> tenures) {
        List<Tenure> granted = tenures.stream().filter(Tenure::wasGranted).toList();
        List<String> violations = new ArrayList<>(repeated(granted));
        violations.addAll(shrunken(granted));
        return violations;
    }

    private static List<String> repeated(List<Tenure> granted) {
        List<String> violations = new ArrayList<>();
        Map<Long, Tenure> byToken = new HashMap<>();
        for (Tenure tenure : granted) {
            Tenure other = byToken.put(tenure.token(), tenure);
            if (other != null) {
                violations.add("a token twice: " + other + "; and " + tenure);
            }
        }
        return violations;
    }

    private static List<String> shrunken(List<Tenure> granted) {
        List<String> violations = new ArrayList<>();
        List<Tenure> bySight = granted.stream()
                .sorted(Comparator.comparingLong(Tenure::granted))
                .toList();
        Tenure greatest = null;
        int seen = 0;
        for (Tenure tenure :
                granted.stream().sorted(Comparator.comparingLong(Tenure::asked)).toList()) {
            for (; seen < bySight.size() && bySight.get(seen).granted() < tenure.asked(); seen++) {
                Tenure next = bySight.get(seen);
                greatest = greatest == null || next.token() > greatest.token() ? next : greatest;
            }
            if (greatest != null && greatest.token() >= tenure.token()) {
                violations.add("a token shrank: " + tenure + ", asked for after " + greatest + " was granted");
            }
        }
        return violations;
    }
}
