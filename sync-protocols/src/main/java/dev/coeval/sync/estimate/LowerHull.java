package dev.coeval.sync.estimate;

/** The lower convex hull of points whose seconds do not decrease (Andrew 1979). */
final class LowerHull {
  private final double[] seconds;
  private final double[] heights;
  private int size;

  LowerHull(int capacity) {
    this.seconds = new double[capacity];
    this.heights = new double[capacity];
  }

  void clear() {
    size = 0;
  }

  /** The next point to the right; what it leaves above the hull is forgotten. */
  void add(double second, double height) {
    if (size > 0 && second <= seconds[size - 1]) {
      if (height >= heights[size - 1]) {
        return;
      }
      size--;
    }
    while (size > 1 && isAbove(second, height)) {
      size--;
    }
    seconds[size] = second;
    heights[size] = height;
    size++;
  }

  /** Whether the last point is on or above the straight way to the next. */
  private boolean isAbove(double second, double height) {
    double t = seconds[size - 1] - seconds[size - 2];
    double h = heights[size - 1] - heights[size - 2];
    return h * (second - seconds[size - 2]) >= (height - heights[size - 2]) * t;
  }

  /** The first vertex that a line of this slope touches from below. */
  int firstTouching(double slope) {
    int vertex = 0;
    while (slopeAfter(vertex) < slope) {
      vertex++;
    }
    return vertex;
  }

  /** The slope of the edge to the right of a vertex; infinite at the last. */
  double slopeAfter(int vertex) {
    return vertex == size - 1
        ? Double.POSITIVE_INFINITY
        : (heights[vertex + 1] - heights[vertex]) / (seconds[vertex + 1] - seconds[vertex]);
  }

  /** The slope of the edge to the left of a vertex; minus infinite at the first. */
  double slopeBefore(int vertex) {
    return vertex == 0 ? Double.NEGATIVE_INFINITY : slopeAfter(vertex - 1);
  }

  /** The height at second 0 of the line with this slope through a vertex. */
  double interceptAt(int vertex, double slope) {
    return heights[vertex] - slope * seconds[vertex];
  }
}
