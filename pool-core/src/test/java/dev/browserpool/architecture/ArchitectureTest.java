package dev.browserpool.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
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

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.TimeUnit;

/** Which package may know which: the arrows of the design, and nothing else. */
@AnalyzeClasses(packages = "dev.browserpool", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String API = "dev.browserpool";
    private static final String SPI = "dev.browserpool.spi..";
    private static final String ENGINE = "dev.browserpool.engine..";
    private static final String MEMORY = "dev.browserpool.memory..";
    private static final String CONFIG = "dev.browserpool.config..";

    /** The one class through which the engine is reached from outside; its nested classes belong to it. */
    private static final DescribedPredicate<JavaClass> DOOR =
            name("dev.browserpool.spi.BackendPools").onResultOf(ArchitectureTest::outermost);

    @ArchTest
    static final ArchRule apiKnowsNoOtherPackage = packageKnowsOnly(API);

    @ArchTest
    static final ArchRule spiKnowsTheApi = classes()
            .that(resideInAnyPackage(SPI).and(DescribedPredicate.not(DOOR)))
            .should()
            .onlyDependOnClassesThat(oursOnlyIn(API, SPI))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theDoorKnowsApiSpiAndEngine = classes()
            .that(DOOR)
            .should()
            .onlyDependOnClassesThat(oursOnlyIn(API, SPI, ENGINE))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule engineKnowsApiAndSpi = packageKnowsOnly(ENGINE, API, SPI);

    @ArchTest
    static final ArchRule memoryKnowsApiAndSpi = packageKnowsOnly(MEMORY, API, SPI);

    @ArchTest
    static final ArchRule configKnowsApiSpiAndMemory = packageKnowsOnly(CONFIG, API, SPI, MEMORY);

    @ArchTest
    static final ArchRule metricsKnowTheApi = packageKnowsOnly("dev.browserpool.metrics..", API);

    @ArchTest
    static final ArchRule jsonKnowsTheApi = packageKnowsOnly("dev.browserpool.json..", API);

    /** Jackson is optional: whoever reads no JSON runs without it. */
    @ArchTest
    static final ArchRule onlyJsonKnowsJackson = noClasses()
            .that(resideOutsideOfPackage("dev.browserpool.json.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.fasterxml.jackson.."))
            .allowEmptyShould(true);

    /** Micrometer is optional, too. */
    @ArchTest
    static final ArchRule onlyMetricsKnowMicrometer = noClasses()
            .that(resideOutsideOfPackage("dev.browserpool.metrics.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.micrometer.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule engineIsReachedThroughOneDoor = noClasses()
            .that(resideOutsideOfPackage(ENGINE).and(DescribedPredicate.not(DOOR)))
            .should()
            .dependOnClassesThat(resideInAnyPackage(ENGINE))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesFormNoCircle = slices().matching("dev.browserpool.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(DOOR, alwaysTrue())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noMethodIsSynchronized =
            methods().should().notHaveModifier(SYNCHRONIZED).allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethodWhere(target(name("sleep")).and(target(owner(belongToAnyOf(Thread.class, TimeUnit.class)))))
            .allowEmptyShould(true);

    private static ArchRule packageKnowsOnly(String itself, String... others) {
        return classes()
                .that(resideInAnyPackage(itself))
                .should()
                .onlyDependOnClassesThat(oursOnlyIn(itself).or(resideInAnyPackage(others)))
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> oursOnlyIn(String... packages) {
        return resideOutsideOfPackage("dev.browserpool..").or(resideInAnyPackage(packages));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }
}
