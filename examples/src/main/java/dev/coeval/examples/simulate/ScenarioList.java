package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.scenario.Scenario;
import dev.coeval.sync.scenario.file.ScenarioFile;

/** Names what can be simulated, in groups. */
final class ScenarioList {
  private final OutputOptions output;

  ScenarioList(OutputOptions output) {
    this.output = output;
  }

  void print() {
    output.text("One protocol in one situation; shows each node, and draws a picture:");
    Scenario.all().forEach(this::print);
    output.text("");
    output.text("Files that judge, after chrony's simulation tests:");
    printFiles("s\\d.*", "checks");
    output.text("");
    output.text("Files that measure, chrony's published comparison and the laboratory:");
    printFiles("(chrony|lab)-.*", "laboratory");
    output.text("");
    output.print(
        "Estimators for files: " + String.join(", ", Disciplines.names()),
        "estimators",
        "names",
        Disciplines.names());
  }

  private void print(Scenario scenario) {
    String about = scenario.situation().description();
    output.print(
        line(scenario.name(), about), "scenario", "name", scenario.name(), "description", about);
  }

  private void printFiles(String names, String group) {
    for (String name : ScenarioFile.shipped()) {
      if (name.matches(names)) {
        String about = ScenarioFile.shipped(name).orElseThrow().variants().get(0).title();
        output.print(line(name, about), "file", "name", name, "group", group, "description", about);
      }
    }
  }

  private static String line(String name, String about) {
    return String.format("  %-26s %s", name, about);
  }
}
