package dev.browserpool.playwright.junit;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** An extension with browsers of its own that a test class has in a field; JUnit itself does not tell. */
final class RegisteredField {
    private RegisteredField() {}

    static boolean isIn(ExtensionContext context) {
        if (context.getTestClass().isEmpty()) {
            return context.getParent()
                    .filter(RegisteredField::isIn)
                    .isPresent(); // a dynamic test does not know its class
        }
        List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
        context.getTestClass().ifPresent(classes::add);
        return classes.stream()
                .flatMap(type -> AnnotationSupport.findAnnotatedFields(type, RegisterExtension.class).stream())
                .filter(field -> BrowserPoolExtension.class.isAssignableFrom(field.getType()))
                .map(field -> value(field, context))
                .anyMatch(value -> value instanceof BrowserPoolExtension extension && extension.hasBrowsers());
    }

    private static @Nullable Object value(Field field, ExtensionContext context) {
        Optional<Object> instance = context.getTestInstances()
                .flatMap(all -> all.findInstance(field.getDeclaringClass()).map(i -> (Object) i));
        return ReflectionSupport.tryToReadFieldValue(field, instance.orElse(null))
                .toOptional()
                .orElse(null);
    }
}
