package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://a.test/path                              | https://a.test/path
            https://a.test/p?token=abc&page=2                | https://a.test/p?token=***&page=***
            https://a.test/#access_token=abc                 | https://a.test/#access_token=***
            https://anna:pw@a.test/x?y=1                     | https://***@a.test/x?y=***
            failed at http://a.test/?q=1 (see ws://b/?k=2)   | failed at http://a.test/?q=*** (see ws://b/?k=***)
            data:text/html,<p>secret</p>                     | data:***
            a = b and ?c=d is no URL                         | a = b and ?c=d is no URL
            """)
    void takesValuesOutOfUrlsAndLeavesTheRest(String text, String expected) {
        assertThat(Redactor.text(text)).isEqualTo(expected);
    }
}
