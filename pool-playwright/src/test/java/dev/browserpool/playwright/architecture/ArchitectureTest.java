package dev.browserpool.playwright.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.TimeUnit;

/** Sessions use the pool as any user does, and report through its spi: never engine or memory. */
@AnalyzeClasses(packages = "dev.browserpool.playwright", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JUNIT = "dev.browserpool.playwright.junit..";

    @ArchTest
    static final ArchRule ofTheCoreItKnowsApiAndSpi = classes()
            .should()
            .onlyDependOnClassesThat(resideOutsideOfPackage("dev.browserpool..")
                    .or(resideInAnyPackage(
                            "dev.browserpool",
                            "dev.browserpool.spi..",
                            "dev.browserpool.config..",
                            "dev.browserpool.playwright..")))
            .allowEmptyShould(true);

    /** Tests may take the pool that the environment names; whoever opens sessions otherwise brings a pool. */
    @ArchTest
    static final ArchRule onlyTheExtensionKnowsConfig = noClasses()
            .that(resideOutsideOfPackage(JUNIT))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.browserpool.config.."))
            .allowEmptyShould(true);

    /** JUnit is optional: whoever has no tests runs without it. */
    @ArchTest
    static final ArchRule onlyTheExtensionKnowsJUnit = noClasses()
            .that(resideOutsideOfPackage(JUNIT))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.junit..", "org.opentest4j..", JUNIT))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesFormNoCircle = slices().matching("dev.browserpool.playwright.(**)")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noMethodIsSynchronized =
            methods().should().notHaveModifier(SYNCHRONIZED).allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethodWhere(target(name("sleep")).and(target(owner(belongToAnyOf(Thread.class, TimeUnit.class)))))
            .allowEmptyShould(true);
}
