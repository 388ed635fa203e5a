package dev.browserpool.redis;

import java.util.List;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

/** The commands that have the server take a step. All name the keys, so that clients find the server. */
final class StepCommand {
    private StepCommand() {}

    static CommandObject<Object> byFunction(String name, List<String> keys, List<String> values) {
        return command(Command.FCALL, name, keys, values);
    }

    static CommandObject<Object> byDigest(String digest, List<String> keys, List<String> values) {
        return command(Command.EVALSHA, digest, keys, values);
    }

    static CommandObject<Object> byText(String text, List<String> keys, List<String> values) {
        return command(Command.EVAL, text, keys, values);
    }

    private static CommandObject<Object> command(Command command, String what, List<String> keys, List<String> values) {
        return new CommandObject<>(
                new CommandArguments(command)
                        .add(what)
                        .add(keys.size())
                        .keys(keys)
                        .addObjects(values),
                BuilderFactory.AGGRESSIVE_ENCODED_OBJECT);
    }
}
