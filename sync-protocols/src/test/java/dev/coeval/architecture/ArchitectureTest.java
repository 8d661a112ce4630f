package dev.coeval.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rooms of this module and their doors.
 *
 * <p>A machine takes time and datagrams as arguments. Were it to know the sockets or the
 * simulation, it could no longer run unchanged in both. So each room names the rooms it may know,
 * and a room that names none fails.
 */
final class ArchitectureTest {

  private static final String ROOT = "dev.coeval.sync";

  private static final Set<String> PROTOCOL_DOORS =
      Set.of("machine", "measure", "wire", "filter", "estimate", "select", "discipline");

  private static Set<String> with(Set<String> doors, String one) {
    Set<String> more = new TreeSet<>(doors);
    more.add(one);
    return more;
  }

  /** Room to the rooms it may know. The facade, {@code dev.coeval.sync} itself, may know all. */
  private static final Map<String, Set<String>> DOORS =
      Map.ofEntries(
          Map.entry("machine", Set.of()),
          Map.entry("measure", Set.of("machine")),
          Map.entry("wire", Set.of("measure", "machine")),
          Map.entry("filter", Set.of("measure", "machine")),
          Map.entry("select", Set.of("measure", "machine")),
          Map.entry("estimate", Set.of("measure", "filter", "machine")),
          Map.entry("discipline", Set.of("measure", "filter", "estimate", "select", "machine")),
          Map.entry("cristian", PROTOCOL_DOORS),
          Map.entry("berkeley", PROTOCOL_DOORS),
          Map.entry("ntp", PROTOCOL_DOORS),
          Map.entry("mutual", with(PROTOCOL_DOORS, "berkeley")), // its rounds and its pace
          Map.entry("precision", Set.of("machine", "sim")),
          Map.entry("order", PROTOCOL_DOORS),
          Map.entry("stability", Set.of()),
          Map.entry("runtime", Set.of("machine")),
          Map.entry("sim", Set.of("machine", "measure")),
          Map.entry(
              "scenario",
              Set.of(
                  "machine",
                  "measure",
                  "wire",
                  "filter",
                  "estimate",
                  "select",
                  "discipline",
                  "cristian",
                  "berkeley",
                  "ntp",
                  "sim")));

  private static final JavaClasses MAIN =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  static Stream<String> rooms() {
    return DOORS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void shouldUseItsOwnDoorsWhenRoomDependsOnRoom(String room) {
    String[] known =
        Stream.concat(Stream.of(room), DOORS.get(room).stream())
            .map(name -> ROOT + "." + name + "..")
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ROOT + "." + room + "..")
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(known)))
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void shouldNameItsDoorsWhenRoomIsBuilt() {
    Set<String> unnamed =
        MAIN.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT + "."))
            .map(name -> name.substring(ROOT.length() + 1).split("\\.", 2)[0])
            .filter(room -> !DOORS.containsKey(room))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), unnamed, "rooms without a line in DOORS");
    assertTrue(MAIN.containPackage(ROOT));
  }

  @Test
  void shouldNotGoRoundInCirclesWhenPackagesDependOnEachOther() {
    slices()
        .matching("dev.coeval.(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(MAIN);
  }
}
