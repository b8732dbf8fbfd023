import Foundation
import Ingest
import StageKit
import Synchronization
import Tabular

/// Where a node's batches go, besides the stages that read it.
struct NodeEnds {
  var outputs: [OutputSink] = []
  var collector: (any Breaker)?
  var tap: FirstRows?
}

/// Runs one segment: threads take batches from the source and push them through the tree.
struct SegmentRunner {
  let plan: Plan
  let segment: Segments.Segment
  /// Nodes of the segment that read each node.
  let children: [Int: [Int]]
  let operations: [Int: StageOperation]
  let ends: [Int: NodeEnds]
  let resources: Resources
  /// Called after each batch that has been worked on.
  let progress: @Sendable (RunProgress) -> Void

  /// What the segment left behind.
  struct Outcome {
    var breakerWorkers: [Int: [any BreakerWorker]] = [:]
    var collectors: [Int: [any BreakerWorker]] = [:]
    var rowWorkers: [Int: [any RowWorker]] = [:]
    /// Rows that the producer gave.
    var rows = 0
  }

  /// One thread's workers. Made on the caller's thread, used by one thread, read when it is over.
  final class Lane: @unchecked Sendable {
    var rowWorkers: [Int: any RowWorker] = [:]
    var breakerWorkers: [Int: any BreakerWorker] = [:]
    var collectors: [Int: any BreakerWorker] = [:]
    var rows = 0
  }

  func run(_ source: any BatchSource) throws -> Outcome {
    let lanes = (0..<max(resources.threads, 1)).map { _ in makeLane() }
    let failure = Mutex<(any Error)?>(nil)
    let (table, scan) = (plan.nodes[segment.producer].step, source as? SourceScan)
    DispatchQueue.concurrentPerform(iterations: lanes.count) { index in
      do {
        while failure.withLock({ $0 == nil }), let batch = try source.next() {
          try Interruption.check()
          lanes[index].rows += batch.rowCount
          try push(batch, from: segment.producer, lanes[index])
          progress(
            RunProgress(
              table: table, rows: batch.rowCount, bytes: scan?.bytesRead, total: scan?.bytes))
        }
      } catch {
        failure.withLock { if $0 == nil { $0 = error } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    var outcome = Outcome()
    for lane in lanes {
      outcome.rows += lane.rows
      for (node, worker) in lane.rowWorkers { outcome.rowWorkers[node, default: []].append(worker) }
      for (node, worker) in lane.breakerWorkers {
        outcome.breakerWorkers[node, default: []].append(worker)
      }
      for (node, worker) in lane.collectors {
        outcome.collectors[node, default: []].append(worker)
      }
    }
    return outcome
  }

  private func makeLane() -> Lane {
    let lane = Lane()
    for node in segment.nodes {
      switch operations[node] {
      case .rowLocal(let operation)? where node != segment.producer:
        lane.rowWorkers[node] = operation.makeWorker()
      case .breaker(let breaker)? where node != segment.producer:
        lane.breakerWorkers[node] = breaker.makeWorker(resources)
      default: break
      }
      if let collector = ends[node]?.collector {
        lane.collectors[node] = collector.makeWorker(resources)
      }
    }
    return lane
  }

  /// Hands a node's batch to everything that reads it.
  private func push(_ batch: Batch, from node: Int, _ lane: Lane) throws {
    for sink in ends[node]?.outputs ?? [] { try sink.write(batch) }
    try lane.collectors[node]?.consume(batch)
    try ends[node]?.tap?.take(batch)
    for child in children[node] ?? [] {
      if let worker = lane.rowWorkers[child] {
        try push(worker.process(batch), from: child, lane)
      } else {
        try lane.breakerWorkers[child]?.consume(batch)
      }
    }
  }
}
