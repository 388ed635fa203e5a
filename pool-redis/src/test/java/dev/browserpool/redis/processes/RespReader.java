package dev.browserpool.redis.processes;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads what a server answers to a subscriber, in RESP2, one answer after the other. */
final class RespReader {
    private final InputStream in;

    RespReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Whether an answer is something that was published. */
    static boolean isMessage(byte[] answer) {
        String start = new String(answer, 0, Math.min(answer.length, 20), StandardCharsets.ISO_8859_1);
        return start.startsWith("*3\r\n$7\r\nmessage\r\n");
    }

    /** Whatever has come, unread. */
    int readSome(byte[] bytes) throws IOException {
        return in.read(bytes);
    }

    /** The next answer, as it came. */
    byte[] read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy(bytes);
        return bytes.toByteArray();
    }

    private void copy(ByteArrayOutputStream to) throws IOException {
        String line = line(to);
        char type = line.charAt(0);
        if (type == '*') {
            for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
                copy(to);
            }
        } else if (type == '$') {
            int length = Integer.parseInt(line.substring(1));
            if (length >= 0) {
                byte[] text = in.readNBytes(length + 2);
                if (text.length < length + 2) {
                    throw new EOFException();
                }
                to.write(text);
            }
        }
    }

    private String line(ByteArrayOutputStream to) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            to.write(b);
            line.append((char) b);
        }
        to.write('\n');
        return line.toString().strip();
    }
}
