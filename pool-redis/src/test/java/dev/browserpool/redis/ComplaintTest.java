package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are those of Redis 6.2.11, 7.0.15 and Valkey 8.0.1. */
class ComplaintTest {
    private static final String SHA = "bcb6ace698da1dd41daec393761266459b29fadd";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "READONLY You can't write against a read only replica.; READONLY",
                "ERR Error running script (call to f_SHA): @user_script:1: @user_script: 1: -READONLY You can't write.; READONLY",
                "OOM command not allowed when used memory > 'maxmemory'. script: SHA, on @user_script:1.; OOM",
                "ERR Error running script (call to f_SHA): @user_script:1: @user_script: 1: -OOM command not allowed.; OOM",
                "NOREPLICAS Not enough good replicas to write. script: SHA, on @user_script:1.; NOREPLICAS",
                "TRYAGAIN Multiple keys request during rehashing of slot; TRYAGAIN",
                "LOADING Redis is loading the dataset in memory; LOADING"
            })
    void whatMayPassIsKnownInEveryVersionsWords(String message, String code) {
        Complaint complaint = Complaint.of(message.replace("SHA", SHA));

        assertThat(complaint.code()).isEqualTo(code);
        assertThat(complaint.isPassing()).isTrue();
        assertThat(complaint.isAboutAccess()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "WRONGPASS invalid username-password pair or user is disabled.; WRONGPASS",
                "NOAUTH Authentication required.; NOAUTH",
                "NOPERM User x has no permissions to run the 'zadd' command; NOPERM",
                "ERR The user executing the script can't run this command or subcommand script: SHA, on @user_script:1.; NOPERM",
                "ERR ACL failure in script: User x has no permissions to run the 'zadd' command script: SHA, on @user_script:1.; NOPERM",
                "ERR Error running script (call to f_SHA): @user_script:1: @user_script: 1: The user executing the script can't run it; NOPERM"
            })
    void whoeverMayNotIsToldSo(String message, String code) {
        Complaint complaint = Complaint.of(message.replace("SHA", SHA));

        assertThat(complaint.code()).isEqualTo(code);
        assertThat(complaint.isAboutAccess()).isTrue();
        assertThat(complaint.isPassing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ERR BPDAMAGED meta cap a number script: SHA, on @user_script:31.",
                "ERR user_script:31: BPDAMAGED meta cap a number script: SHA, on @user_script:31.",
                "ERR BPDAMAGED meta cap a number script: browserpool_bcb6ace698da_submit, on @user_function:31.",
                "ERR user_function:31: BPDAMAGED meta cap a number script: browserpool_bcb6ace698da_submit, on @user_function:31.",
                "ERR Error running script (call to f_SHA): @user_script:31: BPDAMAGED meta cap a number",
                "ERR Error running script (call to f_SHA): @user_script:31: user_script:31: BPDAMAGED meta cap a number"
            })
    void whatTheScriptsSayThemselvesIsHeard(String message) {
        assertThat(Complaint.of(message.replace("SHA", SHA)))
                .isEqualTo(new Complaint("BPDAMAGED", "meta cap a number"));
    }

    @Test
    void aFaultOfAScriptHasNoCodeOfItsOwn() {
        assertThat(Complaint.of("ERR user_script:9: attempt to perform arithmetic on a nil value script: " + SHA
                        + ", on @user_script:9."))
                .isEqualTo(new Complaint("ERR", "attempt to perform arithmetic on a nil value"));
    }

    @Test
    void argumentsAreCutOffForOneMayBeAPassword() {
        assertThat(Complaint.of(
                        "ERR unknown command `HELLO`, with args beginning with: `3`, `AUTH`, `default`, `secret`, "))
                .hasToString("ERR unknown command `HELLO`");
    }
}
