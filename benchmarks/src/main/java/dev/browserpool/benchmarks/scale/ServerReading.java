package dev.browserpool.benchmarks.scale;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;

/**
 * What a server has counted so far, or between two looks.
 *
 * @param steps how many steps of pools it took, as functions or as scripts
 * @param stepMicros for how long
 * @param commands how many commands the steps ran inside, and all others
 * @param cpuMicros the processor time of its one thread that does the work, the reading and writing of sockets included
 * @param bytesIn what came from clients
 * @param bytesOut what went to clients
 */
record ServerReading(long steps, long stepMicros, long commands, long cpuMicros, long bytesIn, long bytesOut) {
    private static final Pattern STAT = Pattern.compile("cmdstat_(\\S+?):calls=(\\d+),usec=(\\d+)");
    private static final Pattern FIELD = Pattern.compile("(?m)^(\\w+):([\\d.]+)\\r?$");

    static ServerReading of(Jedis redis) {
        String info = redis.info("all");
        long steps = 0;
        long stepMicros = 0;
        long commands = 0;
        for (Matcher found = STAT.matcher(info); found.find(); ) {
            long calls = Long.parseLong(found.group(2));
            if (found.group(1).equals("fcall") || found.group(1).equals("evalsha")) {
                steps += calls;
                stepMicros += Long.parseLong(found.group(3));
            } else {
                commands += calls;
            }
        }
        Map<String, String> fields = FIELD.matcher(info)
                .results()
                .collect(Collectors.toMap(field -> field.group(1), field -> field.group(2), (one, same) -> one));
        double cpu = Double.parseDouble(fields.getOrDefault("used_cpu_sys_main_thread", "0"))
                + Double.parseDouble(fields.getOrDefault("used_cpu_user_main_thread", "0"));
        return new ServerReading(
                steps,
                stepMicros,
                commands,
                Math.round(cpu * 1e6),
                Long.parseLong(fields.getOrDefault("total_net_input_bytes", "0")),
                Long.parseLong(fields.getOrDefault("total_net_output_bytes", "0")));
    }

    ServerReading since(ServerReading before) {
        return new ServerReading(
                steps - before.steps,
                stepMicros - before.stepMicros,
                commands - before.commands,
                cpuMicros - before.cpuMicros,
                bytesIn - before.bytesIn,
                bytesOut - before.bytesOut);
    }
}
