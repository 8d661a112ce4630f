package dev.coeval.sync.estimate;

/**
 * The line with the most room between a cloud of points above it and one below.
 *
 * <p><b>Problem.</b> Of points {@code (t, u)} above and {@code (t, -v)} below, find the line {@code
 * a + b t} and the largest {@code d} with {@code u - (a + b t) >= d} and {@code v + (a + b t) >=
 * d}: a linear program in three unknowns.
 *
 * <p><b>Idea.</b> For a given slope the best is clear: {@code A(b) = min(u - b t)} and {@code B(b)
 * = min(v + b t)} make the room {@code 2 d = A + B}, with {@code a = (A - B) / 2} in its middle.
 * Each minimum is linear in the slope but for kinks, which are the slopes of the edges of its
 * cloud's convex hull: the room is a concave chain of straight pieces.
 *
 * <p><b>Steps.</b> The lower hull of each cloud by monotone chain (Andrew 1979), linear as ticks
 * come in order. From the least slope to the largest, kink by kink, {@code A} moving along the one
 * hull to the right and {@code B} along the other to the left. The kink with the most room is the
 * line.
 *
 * <p><b>What chance leaves.</b> If both ways have exponential jitter {@code J}, the likelihood of a
 * slope, whatever the least delays, is {@code exp(n (A + B) / J)}: the line with the most room is
 * the likeliest one, and integrating over the pieces gives mean and variance of the slope and of
 * the middle in closed form.
 *
 * <p>Arrays are allocated once. Not thread-safe.
 */
final class MarginLine {

  /** Below this, differences of exponentials lose more digits than their series. */
  private static final double SMALL = 0.05;

  private final double[] slopes;
  private final double[] rooms;
  private final double[] middles;
  private final LowerHull above;
  private final LowerHull below;
  private int kinks;
  private int best;

  private double mass;
  private double slopeMean;
  private double middleMean;
  private double slopeVariance;
  private double covariance;
  private double middleVariance;

  MarginLine(int capacity) {
    this.above = new LowerHull(capacity);
    this.below = new LowerHull(capacity);
    this.slopes = new double[2 * capacity + 2];
    this.rooms = new double[2 * capacity + 2];
    this.middles = new double[2 * capacity + 2];
  }

  /** Finds the line, its slope between {@code ± steepest} nanoseconds a second. */
  void solve(ExchangeWindow exchanges, double steepest) {
    above.clear();
    below.clear();
    for (int i = 0; i < exchanges.size(); i++) {
      double t = exchanges.seconds(i);
      above.add(t, exchanges.forward(i));
      below.add(t, exchanges.backward(i));
    }
    walk(steepest);
  }

  private void walk(double steepest) {
    kinks = 0;
    best = 0;
    int a = above.firstTouching(-steepest);
    int b = below.firstTouching(steepest);
    record(-steepest, a, b);
    while (true) {
      double nextA = above.slopeAfter(a);
      double nextB = -below.slopeBefore(b);
      double next = Math.min(nextA, nextB);
      if (!(next < steepest)) {
        break;
      }
      if (nextA <= nextB) {
        a++;
      } else {
        b--;
      }
      record(next, a, b);
    }
    record(steepest, a, b);
  }

  private void record(double slope, int a, int b) {
    double room = above.interceptAt(a, slope);
    double other = below.interceptAt(b, -slope);
    slopes[kinks] = slope;
    rooms[kinks] = room + other;
    middles[kinks] = (room - other) / 2;
    if (rooms[kinks] > rooms[best]) {
      best = kinks;
    }
    kinks++;
  }

  /** The room between the clouds along the line: twice the margin. */
  double room() {
    return rooms[best];
  }

  /** The slope with the most room. */
  double slope() {
    return slopes[best];
  }

  /** The height of that line at second 0. */
  double middle() {
    return middles[best];
  }

  /**
   * Weighs all slopes by their likelihood.
   *
   * @param weight {@code n / J}: how much less likely is a slope with less room, a nanosecond
   */
  void weigh(double weight) {
    mass = 0;
    slopeMean = 0;
    middleMean = 0;
    slopeVariance = 0;
    covariance = 0;
    middleVariance = 0;
    for (int i = 0; i + 1 < kinks; i++) {
      boolean rises = rooms[i + 1] > rooms[i];
      piece(rises ? i + 1 : i, rises ? i : i + 1, weight);
    }
    slopeMean /= mass;
    middleMean /= mass;
    slopeVariance = Math.max(slopeVariance / mass - slopeMean * slopeMean, 0);
    covariance = covariance / mass - slopeMean * middleMean;
    middleVariance = Math.max(middleVariance / mass - middleMean * middleMean, 0);
    slopeMean += slopes[best];
    middleMean += middles[best];
  }

  /** Adds the moments of one straight piece, from its likelier end; relative to the best kink. */
  private void piece(int from, int to, double weight) {
    double fall = weight * (rooms[to] - rooms[from]);
    double whole = Math.abs(slopes[to] - slopes[from]) * Math.exp(weight * (rooms[from] - room()));
    double e = Math.exp(fall);
    double m0 = whole * (-fall < SMALL ? 1 + fall / 2 + fall * fall / 6 : (e - 1) / fall);
    double m1 =
        whole
            * (-fall < SMALL
                ? 0.5 + fall / 3 + fall * fall / 8
                : (e * (fall - 1) + 1) / (fall * fall));
    double m2 =
        whole
            * (-fall < SMALL
                ? 1.0 / 3 + fall / 4 + fall * fall / 10
                : (e * (fall * fall - 2 * fall + 2) - 2) / (fall * fall * fall));
    double s = slopes[from] - slopes[best];
    double ds = slopes[to] - slopes[from];
    double c = middles[from] - middles[best];
    double dc = middles[to] - middles[from];
    mass += m0;
    slopeMean += s * m0 + ds * m1;
    middleMean += c * m0 + dc * m1;
    slopeVariance += s * s * m0 + 2 * s * ds * m1 + ds * ds * m2;
    covariance += s * c * m0 + (s * dc + c * ds) * m1 + ds * dc * m2;
    middleVariance += c * c * m0 + 2 * c * dc * m1 + dc * dc * m2;
  }

  double slopeMean() {
    return slopeMean;
  }

  double middleMean() {
    return middleMean;
  }

  double slopeVariance() {
    return slopeVariance;
  }

  double covariance() {
    return covariance;
  }

  double middleVariance() {
    return middleVariance;
  }
}
