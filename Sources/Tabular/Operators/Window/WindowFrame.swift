/// The rows of a table, partition after partition, each in its order.
struct WindowFrame {
  /// Row numbers in the order of partitions and of rows within them.
  let order: [Int32]
  /// Where in `order` each partition starts, and the end of the last.
  let starts: [Int]
  /// Whether the row at a place of `order` has the same keys as the one before it.
  private let repeats: [Bool]

  /// - Parameters:
  ///   - groups: the partition of each row.
  ///   - orderWords: the sort keys, most significant first.
  init(groups: [UInt64], orderWords: [[UInt64]]) {
    let order = RowOrder.sorted([groups] + orderWords, count: groups.count)
    var starts: [Int] = []
    var repeats = [Bool](repeating: false, count: order.count)
    for place in order.indices {
      let row = Int(order[place])
      if place == 0 || groups[Int(order[place - 1])] != groups[row] {
        starts.append(place)
      } else {
        let before = Int(order[place - 1])
        repeats[place] = orderWords.allSatisfy { $0[before] == $0[row] }
      }
    }
    starts.append(order.count)
    (self.order, self.starts, self.repeats) = (order, starts, repeats)
  }

  /// The partitions' ranges of places.
  var partitions: [Range<Int>] { zip(starts, starts.dropFirst()).map { $0..<$1 } }

  /// For each row, the row `distance` places before or after it in its partition, or −1.
  func neighbours(_ distance: Int, before: Bool) -> [Int32] {
    var places = [Int32](repeating: -1, count: order.count)
    for partition in partitions {
      for place in partition {
        let (other, overflow) =
          before
          ? place.subtractingReportingOverflow(distance) : place.addingReportingOverflow(distance)
        if !overflow, partition.contains(other) { places[Int(order[place])] = order[other] }
      }
    }
    return places
  }

  /// For each row its rank, dense rank or number in its partition.
  func numbers(_ function: WindowFunction) -> [Int64] {
    var numbers = [Int64](repeating: 0, count: order.count)
    for partition in partitions {
      var (rank, dense): (Int64, Int64) = (1, 0)
      for place in partition {
        let number = Int64(place - partition.lowerBound + 1)
        if !repeats[place] {
          rank = number
          dense += 1
        }
        let result =
          switch function {
          case .rank: rank
          case .denseRank: dense
          default: number
          }
        numbers[Int(order[place])] = result
      }
    }
    return numbers
  }

  /// For each row, the row with the least key among the `width` places up to it, nulls apart; of
  /// equal ones the earliest; −1 where there is none.
  /// - Parameter words: the keys, most significant first.
  func leastPlaces(_ words: [[UInt64]], _ validity: Validity, _ width: Int) -> [Int32] {
    let width = Swift.max(width, 1)
    var result = [Int32](repeating: -1, count: order.count)
    for partition in partitions {
      // Candidates with rising keys: each is the least of what follows the one before it.
      var queue: [Int] = []
      var head = 0
      for place in partition {
        let row = Int(order[place])
        if validity[row] {
          while queue.count > head,
            WindowFrame.precedes(row, Int(order[queue[queue.count - 1]]), words)
          {
            queue.removeLast()
          }
          queue.append(place)
        }
        while head < queue.count, place - queue[head] >= width { head += 1 }
        if head < queue.count { result[row] = order[queue[head]] }
      }
    }
    return result
  }

  private static func precedes(_ a: Int, _ b: Int, _ words: [[UInt64]]) -> Bool {
    for word in words where word[a] != word[b] { return word[a] < word[b] }
    return false
  }
}
