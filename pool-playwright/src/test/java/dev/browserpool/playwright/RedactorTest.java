package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://a.test/path                              | https://a.test/path
            https://a.test/p?token=abc&page=2                | https://a.test/p?token=***&page=***
            https://a.test/#access_token=abc                 | https://a.test/#access_token=***
            https://anna:pw@a.test/x?y=1                     | https://***@a.test/x?y=***
            failed at http://a.test/?q=1 (see ws://b/?k=2)   | failed at http://a.test/?q=*** (see ws://b/?k=***
            data:text/html,<p>secret</p>                     | data:***
            https://a.test/reset?SECRET                      | https://a.test/reset?***
            https://a.test/#/invite/SECRET                   | https://a.test/#***
            https://a.test/?a=1&SECRET                       | https://a.test/?a=***&***
            https://a.test/o'brien?token=SECRET              | https://a.test/o'brien?token=***
            socks5://anna:SECRET@h:1080                      | socks5://***@h:1080
            http://anna:p@SECRET@h:80/                       | http://***@h:80/
            HTTPS://a.test/?t=SECRET                         | HTTPS://a.test/?t=***
            a = b and ?c=d is no URL                         | a = b and ?c=d is no URL
            """)
    void takesValuesOutOfUrlsAndLeavesTheRest(String text, String expected) {
        assertThat(Redactor.text(text)).isEqualTo(expected);
    }

    @Test
    void aTextThatWantsToKeepItBusyDoesNot() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Redactor.text("data:".repeat(200_000)));
    }
}
