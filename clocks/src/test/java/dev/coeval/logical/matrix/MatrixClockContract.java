package dev.coeval.logical.matrix;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.MatrixLaws;
import java.util.List;

/** Our matrix clock keeps the laws of matrix clocks. */
final class MatrixClockContract extends MatrixLaws<MatrixTimestamp> {

  @Override
  protected LogicalClock<MatrixTimestamp> clock(String actor) {
    return MatrixClock.of(actor);
  }

  @Override
  protected long entry(MatrixTimestamp stamp, String row, String column) {
    return stamp.row(row).count(column);
  }

  @Override
  protected long knownByAll(MatrixTimestamp stamp, List<String> members, String column) {
    return stamp.knownBy(members).count(column);
  }
}
