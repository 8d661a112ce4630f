package dev.coeval.logical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CausalOrderTest {

  @Test
  void shouldNameTheOrderWhenGivenBothSides() {
    assertEquals(CausalOrder.BEFORE, CausalOrder.of(true, false));
    assertEquals(CausalOrder.AFTER, CausalOrder.of(false, true));
    assertEquals(CausalOrder.EQUAL, CausalOrder.of(true, true));
    assertEquals(CausalOrder.CONCURRENT, CausalOrder.of(false, false));
  }

  @ParameterizedTest
  @EnumSource
  void shouldSwapSidesWhenInverted(CausalOrder order) {
    CausalOrder inverse = order.inverse();
    assertEquals(order.isBeforeOrEqual(), inverse.isAfterOrEqual());
    assertEquals(order.isAfterOrEqual(), inverse.isBeforeOrEqual());
    assertEquals(order, CausalOrder.of(order.isBeforeOrEqual(), order.isAfterOrEqual()));
    assertEquals(order, inverse.inverse());
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeOrderedWhenOneSideHolds(CausalOrder order) {
    assertEquals(order.isBeforeOrEqual() || order.isAfterOrEqual(), order.isOrdered());
  }
}
