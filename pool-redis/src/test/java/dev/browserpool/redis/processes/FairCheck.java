package dev.browserpool.redis.processes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Requests without a profile are served in the order of their arrival, and so are those of one profile among themselves: whoever asked when
 * another one was known to be in line comes after it.
 */
final class FairCheck {
    private FairCheck() {}

    static List<String> violations(List<Tenure> tenures) {
        Map<String, List<Tenure>> lines =
                tenures.stream().filter(Tenure::wasGranted).collect(Collectors.groupingBy(Tenure::profile));
        List<String> violations = new ArrayList<>();
        lines.values().forEach(line -> violations.addAll(overtaken(line)));
        return violations;
    }

    private static List<String> overtaken(List<Tenure> line) {
        List<Tenure> known = line.stream()
                .filter(tenure -> tenure.inLine() != Tenure.NEVER)
                .sorted(Comparator.comparingLong(Tenure::inLine))
                .toList();
        List<String> violations = new ArrayList<>();
        Tenure last = null;
        int seen = 0;
        for (Tenure tenure :
                line.stream().sorted(Comparator.comparingLong(Tenure::asked)).toList()) {
            for (; seen < known.size() && known.get(seen).inLine() < tenure.asked(); seen++) {
                Tenure next = known.get(seen);
                last = last == null || next.token() > last.token() ? next : last;
            }
            if (last != null && last.token() > tenure.token()) {
                violations.add(tenure + " overtook " + last + ", which was in line before it asked");
            }
        }
        return violations;
    }
}
