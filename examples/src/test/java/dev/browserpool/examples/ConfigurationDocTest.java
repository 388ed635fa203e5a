package dev.browserpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.config.BrowserPools;
import dev.browserpool.spi.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says what the code says: the same settings, in the same order, with the same bounds and defaults. */
class ConfigurationDocTest {
    private static final Path DOC = Path.of("../docs/configuration.md");
    private static final Pattern NAME = Pattern.compile("`((?:MAX_BROWSER|BROWSER_POOL|BROWSER_SLOT)_[A-Z_]+)`");

    @Test
    void itListsAllSettingsAsTheCodeHasThem() throws IOException {
        List<String> rows = Files.readAllLines(DOC).stream()
                .filter(line -> line.startsWith("| `")
                        && line.chars().filter(c -> c == '|').count() == 5)
                .toList();

        assertThat(rows)
                .isEqualTo(BrowserPools.settings().stream()
                        .map(ConfigurationDocTest::row)
                        .toList());
    }

    private static String row(Setting<?> setting) {
        return "| `%s` | %s%s | %s | %s |"
                .formatted(
                        setting.name(),
                        setting.meaning(),
                        setting.isSecret() ? " (secret)" : "",
                        setting.form().allowed(),
                        setting.absence().isAllowed() ? setting.absence().text() : "must be given");
    }

    @Test
    void whatItTellsUsersOfOtherGridsExistsHere() throws IOException {
        List<String> names = BrowserPools.settings().stream().map(Setting::name).toList();
        List<String> told = NAME.matcher(Files.readString(DOC))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.equals("BROWSER_POOL_CHROMIUM"))
                .toList();

        assertThat(names).containsAll(told);
    }
}
