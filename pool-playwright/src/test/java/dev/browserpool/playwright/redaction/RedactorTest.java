package dev.browserpool.playwright.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <a href="/cart?token=SECRET&amp;page=2">cart</a>       | <a href="/cart?token=***&amp;page=***">cart</a>
            <a href="reset?SECRET">                               | <a href="reset?***">
            <a class="x" href="#/invite/SECRET">                  | <a class="x" href="#***">
            <a href="//cdn.test/x?SECRET#top">                    | <a href="//cdn.test/x?***#***">
            <img srcset="a.png?k=SECRET 1x, b.png?k=SECRET 2x">   | <img srcset="a.png?k=*** 1x, b.png?k=*** 2x">
            <form action="/pay?sid=SECRET" method="post">         | <form action="/pay?sid=***" method="post">
            <meta content="0; url=/next?sid=SECRET">              | <meta content="0; url=/next?sid=***">
            <div data-url="/api/x?SECRET">                        | <div data-url="/api/x?***">
            <a onclick="go('/x?SECRET')">                         | <a onclick="go('/x?***')">
            <iframe srcdoc="<a href=&quot;/x?SECRET&quot;>">      | <iframe srcdoc="<a href=&quot;/x?***&***>">
            <p style="background: url(/x.png?k=SECRET)">          | <p style="background: url(/x.png?k=***)">
            <script>fetch("\\/api?token=SECRET\\u0026b=1")</script> | <script>fetch("\\/api?token=***")</script>
            <p>see /back#access_token=SECRET, please</p>          | <p>see /back#access_token=*** please</p>
            <p>see https://anna:SECRET@a.test/?t=SECRET</p>       | <p>see https://***@a.test/?t=***</p>
            <p style="color: #fff">Really? a = b.</p>             | <p style="color: #fff">Really? a = b.</p>
            """)
    void inADocumentRelativeUrlsAreRedactedToo(String html, String expected) {
        assertThat(DocumentRedactor.text(html)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:", "\"a", "?a=", "?a=b&", " href=\"", "#", "a/", "&quot;?"})
    void aDocumentThatWantsToKeepItBusyDoesNot(String repeated) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> DocumentRedactor.text(repeated.repeat(50_000)));
    }
}
