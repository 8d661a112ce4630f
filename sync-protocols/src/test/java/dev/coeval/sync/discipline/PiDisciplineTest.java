package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class PiDisciplineTest extends DisciplineContract {

  @Override
  Discipline create() {
    return new PiDiscipline();
  }

  @Test
  void shouldRejectGainsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new PiDiscipline(0, 0.1, 1e-4));
    assertThrows(IllegalArgumentException.class, () -> new PiDiscipline(1, 0.1, 1e-4));
    assertThrows(IllegalArgumentException.class, () -> new PiDiscipline(0.3, 0, 1e-4));
    assertThrows(IllegalArgumentException.class, () -> new PiDiscipline(0.3, 0.1, 0));
    assertThrows(IllegalArgumentException.class, () -> new PiDiscipline(0.3, 0.1, 0.2));
  }
}
