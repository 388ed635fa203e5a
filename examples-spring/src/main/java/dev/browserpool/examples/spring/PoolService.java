package dev.browserpool.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service: one page that needs a browser, and the actuator's. */
@SpringBootApplication
public class PoolService {
    /** For Spring. */
    public PoolService() {}

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(PoolService.class, arguments);
    }
}
