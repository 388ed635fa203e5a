package dev.browserpool.playwright.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Sessions use the pool as any user does, and report through its spi: never engine or memory. */
@AnalyzeClasses(packages = "dev.browserpool.playwright", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JUNIT = "dev.browserpool.playwright.junit..";
    private static final String HOST = "dev.browserpool.playwright.host..";
    private static final String DIRECTORY = "dev.browserpool.playwright.directory..";
    private static final String SURVEY = "dev.browserpool.playwright.survey..";
    private static final String REDACTION = "dev.browserpool.playwright.redaction..";

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

    /** The ground on which sessions stand: it can be read, and tested, without them. */
    @ArchTest
    static final ArchRule whatLiesBelowSessionsKnowsNoneOfThem = classes()
            .that()
            .resideInAnyPackage(HOST, DIRECTORY, SURVEY, REDACTION)
            .should()
            .onlyDependOnClassesThat(
                    resideOutsideOfPackages("dev.browserpool.playwright..", "com.microsoft.playwright..")
                            .or(resideInAnyPackage(HOST, DIRECTORY, SURVEY, REDACTION)));

    @ArchTest
    static final ArchRule theHostKnowsNothingOfPools =
            noClasses().that().resideInAPackage(HOST).should().dependOnClassesThat(isOfTheLibraryBut(HOST));

    @ArchTest
    static final ArchRule secretsAreTakenOutOfAnyText =
            noClasses().that().resideInAPackage(REDACTION).should().dependOnClassesThat(isOfTheLibraryBut(REDACTION));

    /** They are no part of the API, so nothing of them may be in the hands of a user. */
    @ArchTest
    static final ArchRule noUserMeetsThem = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("dev.browserpool.playwright", "dev.browserpool.playwright.metrics", JUNIT)
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .arePublic()
            .should(new ArchCondition<JavaMethod>("take or give what is internal") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean shows = Stream.concat(
                                    Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                            .anyMatch(resideInAnyPackage(HOST, DIRECTORY, SURVEY, REDACTION));
                    events.add(new SimpleConditionEvent(method, shows, method.getFullName()));
                }
            });

    private static DescribedPredicate<JavaClass> isOfTheLibraryBut(String itself) {
        return resideInAnyPackage("dev.browserpool..").and(resideOutsideOfPackage(itself));
    }

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
