import Testing

import Indicators

/// The rules for outliers and scales, on columns small enough to be worked out by hand.
@Suite struct ColumnTests {
  @Test func tiesShareTheLeastRankAndMissingHasNone() {
    let ranks = Statistics.ranks([3, .nan, 1, 3, 2])
    #expect(ranks[0] == 3 && ranks[3] == 3 && ranks[2] == 1 && ranks[4] == 2)
    #expect(ranks[1].isNaN)
  }

  @Test func aScaleWithoutWidthIsNoScale() {
    let terms = Normalisation.Terms()
    let method = Normalisation.minMax(low: 0, high: 100)
    #expect(method.normalised([5, 5, .nan], [0, 1, 2], terms) == nil)
    #expect(method.normalised([5, 7, .nan], [0, 1, 2], terms)?.prefix(2) == [0, 100])
  }
}
